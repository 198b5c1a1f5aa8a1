package dev.roost.server.mcp.accounts;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.access.KeyScope;
import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.ToolOutcome;
import dev.roost.mcp.catalog.ToolResult;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.server.mcp.ByAccount;
import dev.roost.server.operations.Posts;
import dev.roost.server.operations.Published;
import dev.roost.server.v1.OnDemand;
import dev.roost.x.RateLimits;
import dev.roost.x.Tweet;
import dev.roost.x.TweetId;
import dev.roost.x.XCaller;
import dev.roost.x.XReply;
import dev.roost.x.XVerbatim;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The tools of mcp-twitter-noauth for accounts that Roost keeps. Lists are X's own documents; a post is sent once. */
record KeptAccounts(Errands errands, Means means) implements ByAccount {
    @Override
    public ToolOutcome refresh(String account, Call call) throws InterruptedException {
        return errands.run("accounts.refresh", KeyScope.ACCOUNTS_WRITE, Optional.of(account), call, before -> {
            Account after = new OnDemand(means.setup().engine(), means.clock()).refresh(before, OptionalLong.empty());
            Duration left = Duration.between(means.clock().instant(), after.accessExpiresAt());
            return Answers.result(JsonMapper.shared()
                    .createObjectNode()
                    .put("account", after.id().value())
                    .put("username", after.user().username())
                    .put("expires_at", after.accessExpiresAt().toString())
                    .put("expires_in", left.toSeconds())
                    .put("scope", after.scopes().toString())
                    .put("refreshed", after.generation() > before.generation())
                    .put("status", "success"));
        });
    }

    @Override
    public ToolOutcome search(String account, String query, int maxResults, Call call) throws InterruptedException {
        return read("tweets.search", account, call, (x, caller) -> x.search(caller, query, maxResults));
    }

    @Override
    public ToolOutcome tweets(String account, User user, int maxResults, Call call) throws InterruptedException {
        return read(
                "tweets.list",
                account,
                call,
                (x, caller) -> id(x, caller, user).then(id -> x.tweets(caller, id.value(), maxResults)));
    }

    @Override
    public ToolOutcome replies(String account, User user, int maxResults, Call call) throws InterruptedException {
        return read(
                "tweets.replies",
                account,
                call,
                (x, caller) -> id(x, caller, user).then(id -> x.replies(caller, id.value(), maxResults)));
    }

    @Override
    public ToolOutcome post(String account, String text, Optional<String> inReplyTo, List<String> media, Call call)
            throws InterruptedException {
        return errands.run("tweets.create", KeyScope.X_WRITE, Optional.of(account), call, known -> {
            Tweet tweet = tweet(text, inReplyTo, media);
            return switch (new Posts(means.x())
                    .publish(new Posts.Author(known.id(), known.user().id()), tweet, name(tweet, call))) {
                case Published.Confirmed post -> posted(post);
                case Published.Unknown post -> throw unknown(post);
            };
        });
    }

    /**
     * The wish of a call that is made again after a sign-in. Its sealed state may come twice, and the post is published once.
     * Several wishes may wait for one sign-in, so what is to be published is part of the name.
     */
    private static Optional<Posts.Name> name(Tweet tweet, Call call) {
        return Pending.of(call)
                .map(pending -> new Posts.Name(
                        Errands.name(call.principal()),
                        "mcp " + pending.signIn() + " "
                                + UUID.nameUUIDFromBytes(tweet.toString().getBytes(StandardCharsets.UTF_8))));
    }

    private Tweet tweet(String text, Optional<String> inReplyTo, List<String> media) {
        try {
            return new Tweet(text, inReplyTo.map(TweetId::new), means.length()).withMedia(media);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static ToolOutcome posted(Published.Confirmed post) {
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        answer.putObject("data").put("text", post.text()).put("id", post.id());
        if (post.reconciled()) {
            answer.put("reconciled", true);
        }
        return Answers.result(answer);
    }

    private static ProblemException unknown(Published.Unknown post) {
        return new ProblemException(Problem.lasting(
                504,
                "outcome_unknown",
                "the post sent at " + post.sentAt() + " may be published or not: " + post.reason()
                        + ". It was not found in the timeline, and is not sent again"));
    }

    /** The id of a user; a failure to find it is a failure of the whole. */
    private static XReply<String> id(XVerbatim x, XCaller caller, User user) {
        return switch (user) {
            case User.Id known -> new XReply.Ok<>(known.digits(), new RateLimits(List.of()));
            case User.Name named -> x.userId(caller, ReadFamily.bare(named.username()));
        };
    }

    private ToolOutcome read(
            String operation, String account, Call call, BiFunction<XVerbatim, XCaller, XReply<JsonNode>> work)
            throws InterruptedException {
        return errands.run(operation, KeyScope.X_READ, Optional.of(account), call, known -> {
            XReply.Ok<JsonNode> document = means.x().answers().read(reply(known.id(), work));
            return ToolResult.structured(document.value());
        });
    }

    private XReply<JsonNode> reply(AccountId account, BiFunction<XVerbatim, XCaller, XReply<JsonNode>> work) {
        try {
            return means.x()
                    .calls()
                    .call(account, caller -> work.apply(means.x().api().verbatim(), caller));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(String.valueOf(e.getMessage()));
        }
    }
}
