package dev.roost.server.operations;

import dev.roost.core.AccountId;
import dev.roost.core.KeeperException;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.posting.Attempt;
import dev.roost.core.posting.AttemptStore.Earlier;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.x.PostedTweet;
import dev.roost.x.RateLimits;
import dev.roost.x.Tweet;
import dev.roost.x.TweetId;
import dev.roost.x.XReply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Publishes and deletes posts. A post is sent once: where X's answer is missing, the account's timeline is read instead, and
 * when it is not there either, the outcome is unknown and said to be. A wish with a name may be repeated for a week, also
 * after a crash, and is never sent twice. Safe for many threads.
 *
 * <p>Its methods throw {@link ProblemException} when X did not do it, and the keeper's exceptions when there is no token.
 */
public final class Posts {
    private static final System.Logger LOG = System.getLogger(Posts.class.getName());
    /** Longer than a request to X takes, with a refresh that waits for another node's, and a second try. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(7);

    private static final RateLimits NOT_SAID = new RateLimits(List.of());

    private final Tools tools;
    private final OwnPosts ownPosts;

    /** Publishes by these. */
    public Posts(Tools tools) {
        this.tools = tools;
        this.ownPosts = new OwnPosts(tools);
    }

    /**
     * What a program calls its wish to publish a post.
     *
     * @param caller whose name it is, the id of an API key
     * @param key the name
     */
    public record Name(String caller, String key) {}

    /**
     * Who publishes.
     *
     * @param account as Roost knows it
     * @param userId as X knows it
     */
    public record Author(AccountId account, String userId) {}

    /**
     * Publishes a post.
     *
     * @param name empty: what was sent is not remembered, and a repeated wish is another one
     */
    public Published publish(Author author, Tweet tweet, Optional<Name> name) {
        Instant now = tools.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<Attempt> attempt = name.map(known -> attempt(author.account(), known, tweet, now));
        Optional<Earlier> earlier = attempt.flatMap(tools.attempts()::begin);
        return earlier.isPresent()
                ? again(author, attempt.orElseThrow(), earlier.get(), tweet)
                : publish(author, attempt, tweet, now);
    }

    /** Deletes a post of the account. */
    public XReply.Ok<TweetId> delete(AccountId account, TweetId id) {
        return tools.answers()
                .done(tools.calls().call(account, caller -> tools.api().posts().delete(caller, id)));
    }

    private Published publish(Author author, Optional<Attempt> attempt, Tweet tweet, Instant sentAt) {
        XReply<PostedTweet> answer;
        try {
            answer = tools.calls()
                    .call(author.account(), caller -> tools.api().posts().post(caller, tweet));
        } catch (KeeperException e) {
            // There was no token that X takes, so nothing was published.
            attempt.ifPresent(this::forget);
            throw e;
        }
        return switch (answer) {
            case XReply.Ok<PostedTweet> ok -> {
                PostedTweet post = ok.value();
                attempt.ifPresent(known -> published(known, post.id().value()));
                yield new Published.Confirmed(post.id().value(), post.text(), false, ok.limits());
            }
            case XReply.Unknown<PostedTweet> unknown ->
                found(author, attempt, tweet, sentAt).orElseGet(() -> new Published.Unknown(unknown.reason(), sentAt));
            default -> {
                attempt.ifPresent(this::forget);
                throw new ProblemException(tools.answers().problem(answer));
            }
        };
    }

    /** The same wish as before, or another under its name. */
    private Published again(Author author, Attempt attempt, Earlier earlier, Tweet tweet) {
        if (!earlier.digest().equals(attempt.digest())) {
            throw new ProblemException(Problem.lasting(
                    422, "idempotency_key_reused", "another post was sent under this Idempotency-Key; give a new one"));
        }
        if (earlier.tweetId().isPresent()) {
            return new Published.Confirmed(earlier.tweetId().get(), tweet.text(), true, NOT_SAID);
        }
        Optional<Published> found = found(author, Optional.of(attempt), tweet, earlier.sentAt());
        if (found.isPresent()) {
            return found.get();
        }
        if (earlier.sentAt().plus(UNDER_WAY).isAfter(attempt.sentAt())) {
            throw new ProblemException(Problem.passing(
                    409,
                    "post_under_way",
                    "this post was sent at " + earlier.sentAt() + " and its outcome is not known yet; ask again",
                    Duration.ofSeconds(5)));
        }
        return new Published.Unknown("it was about to be sent, and what came of it was not noted", earlier.sentAt());
    }

    private Optional<Published> found(Author author, Optional<Attempt> attempt, Tweet tweet, Instant sentAt) {
        return ownPosts.find(author, tweet, sentAt).map(id -> {
            attempt.ifPresent(known -> published(known, id));
            return new Published.Confirmed(id, tweet.text(), true, NOT_SAID);
        });
    }

    private void published(Attempt attempt, String id) {
        try {
            tools.attempts().published(attempt, id);
        } catch (StoreUnavailableException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "post {0} of account {1} is published and could not be noted as such; when its request is repeated, the"
                            + " timeline will tell",
                    id,
                    attempt.account());
        }
    }

    private void forget(Attempt attempt) {
        try {
            tools.attempts().forget(attempt);
        } catch (StoreUnavailableException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a post of account {0} was refused, and that could not be noted; its Idempotency-Key is used up",
                    attempt.account());
        }
    }

    private static Attempt attempt(AccountId account, Name name, Tweet tweet, Instant now) {
        try {
            return new Attempt(name.caller(), account, name.key(), digest(tweet), now);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static String digest(Tweet tweet) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(tweet.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
