package dev.roost.server.mcp.accounts;

import dev.roost.core.Account;
import dev.roost.core.access.KeyScope;
import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.Schema;
import dev.roost.mcp.catalog.Schema.Member;
import dev.roost.mcp.catalog.Tool;
import dev.roost.mcp.catalog.Tool.Hints;
import dev.roost.mcp.catalog.ToolOutcome;
import dev.roost.server.operations.Acts;
import dev.roost.server.operations.Posts;
import dev.roost.server.operations.Tools;
import dev.roost.x.TweetId;
import dev.roost.x.XReactions;
import dev.roost.x.XReply;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tools that change something at X, beside the two that publish. */
record PostFamily(Errands errands, Means means) {
    private static final String UNDO = "undo";
    private static final String LIMIT = " X allows 50 of these in 15 minutes.";

    List<Tool> all() {
        return List.of(delete(), like(), retweet(), new Uploading(errands, means).tool());
    }

    private Tool delete() {
        return new Tool(
                "twitter_delete_tweet",
                "Delete a post",
                "Deletes a post of the account, for good. Only when the person wants that. Deleting one that is gone is no"
                        + " error." + LIMIT + " Errors: x_not_permitted (not a post of this account, or a scope is"
                        + " missing), outcome_unknown (look before you repeat it).",
                Hints.REMOVES,
                Schema.closed(Shape.account(), Shape.tweetId("The digits at the end of the post's address.")),
                Optional.of(Shape.output(
                        Schema.required("id", Schema.string("The post.")),
                        Schema.required("deleted", Schema.bool("true")))),
                errands.body("tweets.delete", KeyScope.X_WRITE, (account, args, call) -> {
                    XReply.Ok<TweetId> gone = new Posts(means.x()).delete(account.id(), tweet(args));
                    return Answers.result(JsonMapper.shared()
                            .createObjectNode()
                            .put("id", gone.value().value())
                            .put("deleted", true));
                }));
    }

    private Tool like() {
        return reaction(
                "twitter_like_tweet",
                "Like a post",
                "Likes a post as the account, or with undo takes the like back. Needs the scope like.write. Since 20 April"
                        + " 2026 X refuses likes to all self-serve apps: expect x_not_permitted unless the app has an"
                        + " enterprise plan, and then do not repeat it; no sign-in helps.",
                "liked",
                new Deed("tweets.like", XReactions::like, "tweets.unlike", XReactions::unlike));
    }

    private Tool retweet() {
        return reaction(
                "twitter_retweet",
                "Repost a post",
                "Reposts a post to the followers of the account, or with undo takes the repost back. It is public at once."
                        + " Doing it twice is like doing it once.",
                "retweeted",
                new Deed("tweets.retweet", XReactions::retweet, "tweets.unretweet", XReactions::unretweet));
    }

    private record Deed(String name, Acts.Act act, String undoneName, Acts.Act undone) {}

    private Tool reaction(String name, String title, String description, String word, Deed deed) {
        Member undo = Schema.optional(UNDO, Schema.bool("true takes it back; false if it is left out."));
        return new Tool(
                name,
                title,
                description + LIMIT,
                Hints.SETS,
                Schema.closed(Shape.account(), Shape.tweetId("The post: the digits at the end of its address."), undo),
                Optional.of(Shape.output(
                        Schema.required("id", Schema.string("The post.")),
                        Schema.required(word, Schema.bool("How it is now.")))),
                (arguments, call) -> react(new Args(arguments), call, word, deed));
    }

    private ToolOutcome react(Args args, Call call, String word, Deed deed) throws InterruptedException {
        boolean undo = args.flag(UNDO);
        String operation = undo ? deed.undoneName() : deed.name();
        return errands.run(
                operation,
                KeyScope.X_WRITE,
                args.account(),
                call,
                account -> reacted(account, args, undo ? deed.undone() : deed.act(), word, !undo));
    }

    private ToolOutcome reacted(Account account, Args args, Acts.Act act, String word, boolean state) {
        XReply.Ok<TweetId> done =
                new Acts(means.x()).act(account.id(), account.user().id(), tweet(args), act);
        ObjectNode answer =
                JsonMapper.shared().createObjectNode().put("id", done.value().value());
        return Answers.result(answer.put(word, state));
    }

    static TweetId tweet(Args args) {
        return Tools.tweetId(args.text("tweet_id").orElse(""));
    }
}
