package dev.roost.server.operations;

import dev.roost.core.KeeperException;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.posting.Attempt;
import dev.roost.core.posting.AttemptStore.Earlier;
import dev.roost.server.http.Call;
import dev.roost.server.http.Parameters;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.server.http.Reply;
import dev.roost.x.PostedTweet;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Publishes and deletes posts. A post is sent once: where X's answer is missing, the account's timeline is read instead, and
 * when it is not there either, the outcome is unknown and said to be. With an {@code Idempotency-Key} the same request may
 * be repeated for a week, also after a crash, and is never sent twice.
 */
record Publishing(Tools tools, OwnPosts ownPosts) {
    private static final System.Logger LOG = System.getLogger(Publishing.class.getName());
    /** Longer than a request to X takes, with a refresh that waits for another node's, and a second try. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(7);

    private record GoneJson(String id, boolean deleted) {}

    Publishing(Tools tools) {
        this(tools, new OwnPosts(tools));
    }

    Reply create(Call call) {
        Parameters.of(call);
        Tweet tweet = Draft.read(call.json());
        Instant now = tools.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<Attempt> attempt = call.header("Idempotency-Key").map(key -> attempt(call, key, tweet, now));
        Optional<Earlier> earlier = attempt.flatMap(tools.attempts()::begin);
        return earlier.isPresent()
                ? again(call, attempt.orElseThrow(), earlier.get(), tweet)
                : publish(call, attempt, tweet, now);
    }

    Reply delete(Call call) {
        Parameters.of(call);
        TweetId id = Tools.tweetId(call.value("tweet"));
        XReply<TweetId> answer =
                tools.calls().call(call.account(), caller -> tools.api().posts().delete(caller, id));
        return tools.answers().reply(answer, gone -> Reply.json(200, new GoneJson(gone.value(), true)));
    }

    private Reply publish(Call call, Optional<Attempt> attempt, Tweet tweet, Instant sentAt) {
        XReply<PostedTweet> answer;
        try {
            answer = tools.calls()
                    .call(call.account(), caller -> tools.api().posts().post(caller, tweet));
        } catch (KeeperException e) {
            // There was no token that X takes, so nothing was published.
            attempt.ifPresent(this::forget);
            throw e;
        }
        return switch (answer) {
            case XReply.Ok<PostedTweet> ok -> {
                attempt.ifPresent(known -> published(known, ok.value().id().value()));
                yield tools.answers().reply(answer, post -> confirmed(post.id().value(), post.text(), false));
            }
            case XReply.Unknown<PostedTweet> unknown ->
                found(call, attempt, tweet, sentAt).orElseGet(() -> unknown(unknown.reason(), sentAt));
            default -> {
                attempt.ifPresent(this::forget);
                throw new ProblemException(tools.answers().problem(answer));
            }
        };
    }

    /** The same request as before, or another under its name. */
    private Reply again(Call call, Attempt attempt, Earlier earlier, Tweet tweet) {
        if (!earlier.digest().equals(attempt.digest())) {
            throw new ProblemException(Problem.lasting(
                    422, "idempotency_key_reused", "another post was sent under this Idempotency-Key; give a new one"));
        }
        if (earlier.tweetId().isPresent()) {
            return confirmed(earlier.tweetId().get(), tweet.text(), true);
        }
        Optional<Reply> found = found(call, Optional.of(attempt), tweet, earlier.sentAt());
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
        return unknown("it was about to be sent, and what came of it was not noted", earlier.sentAt());
    }

    private Optional<Reply> found(Call call, Optional<Attempt> attempt, Tweet tweet, Instant sentAt) {
        return ownPosts.find(call, tweet, sentAt).map(id -> {
            attempt.ifPresent(known -> published(known, id));
            return confirmed(id, tweet.text(), true);
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

    private static Attempt attempt(Call call, String key, Tweet tweet, Instant now) {
        try {
            return new Attempt(call.caller().name(), call.account(), key, digest(tweet), now);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Reply confirmed(String id, String text, boolean looked) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("outcome", "confirmed");
        body.put("id", id);
        body.put("text", text);
        body.put("reconciled", looked);
        return Reply.json(201, body);
    }

    /** 202 is noncommittal (RFC 9110 section 15.3.3), and so is X. */
    private static Reply unknown(String reason, Instant sentAt) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("outcome", "unknown");
        body.put("sentAt", sentAt);
        body.put(
                "detail",
                "the post may be published or not: " + reason
                        + ". It was not found in the timeline, and is not sent again; repeat the request with the same"
                        + " Idempotency-Key to have the timeline read again, or look there");
        return Reply.json(202, body);
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
