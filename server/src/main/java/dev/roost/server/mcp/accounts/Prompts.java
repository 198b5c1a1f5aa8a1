package dev.roost.server.mcp.accounts;

import dev.roost.mcp.catalog.Completer;
import dev.roost.mcp.catalog.McpException;
import dev.roost.mcp.catalog.Prompt;
import dev.roost.mcp.catalog.Prompt.Argument;
import dev.roost.mcp.catalog.PromptOutcome;
import dev.roost.x.TweetLength;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Texts that a person can begin with. */
final class Prompts {
    private static final int MOST_POSTS = 25;
    private static final int LONGEST_TOPIC = 2000;
    private static final String POSTS_ALLOWED = "\"posts\" is no such number; allowed: 2 to " + MOST_POSTS;

    private Prompts() {}

    /** Finds out what is wrong with an account. */
    static Prompt diagnose(Completer accounts) {
        return new Prompt(
                "diagnose_account",
                "Diagnose an account",
                "Finds out why an X account does not work, and what to do about it.",
                List.of(new Argument(
                        Args.ACCOUNT, "Which account: id, @username or X user id.", true, Optional.of(accounts))),
                (arguments, call) -> diagnosis(arguments));
    }

    /** Plans a thread. */
    static Prompt thread() {
        Completer numbers = (typed, others, principal) -> IntStream.rangeClosed(2, MOST_POSTS)
                .mapToObj(Integer::toString)
                .filter(number -> number.startsWith(typed))
                .toList();
        return new Prompt(
                "plan_thread",
                "Plan a thread",
                "Plans a thread of posts on a topic, each within X's limit of length, and publishes it when you agree.",
                List.of(
                        new Argument("topic", "What it is about.", true, Optional.empty()),
                        new Argument("posts", "How many posts, 2 to " + MOST_POSTS + ".", true, Optional.of(numbers))),
                (arguments, call) -> plan(arguments));
    }

    private static PromptOutcome diagnosis(Map<String, String> arguments) {
        String account = arguments.getOrDefault(Args.ACCOUNT, "").strip();
        if (!account.matches("acc_[0-9a-f]{20}|@?[A-Za-z0-9_]{1,15}|[0-9]{1,19}")) {
            throw McpException.invalidParams(
                    "\"account\" is no name of an account; allowed: its id (acc_…), @username or X user id");
        }
        return PromptOutcome.user(
                "What is wrong with " + account + "?", """
                Find out how the X account %1$s stands, and tell me in a few plain sentences what is wrong, if anything, \
                and what I have to do.

                1. Call twitter_account_status with account %1$s. Read state, stateReason, next and the events, the newest \
                first. An error tells what it means in next; the resource %2$s explains all codes.
                2. state active: read one thing at X with twitter_get_profile, if you have that tool, to see whether X \
                accepts the account. A 403 with code x_not_permitted is a missing scope or a policy of X, not a broken \
                account: compare scopes.
                3. state uncertain: Roost is finding out by itself. Tell me when it looks next (nextRefreshAt). Do nothing.
                4. state needs_reauthorization: tell me why (stateReason), and offer to call twitter_connect_account with \
                account %1$s. Call it only when I agree.
                5. state disconnected: somebody took it out. Offer to connect it again.

                Change nothing without asking me: do not disconnect, do not post to try it out.
                """.formatted(account, AccountResources.ERRORS));
    }

    private static PromptOutcome plan(Map<String, String> arguments) {
        String topic = arguments.getOrDefault("topic", "").strip();
        if (topic.isEmpty() || topic.length() > LONGEST_TOPIC) {
            throw McpException.invalidParams(
                    "\"topic\" has " + topic.length() + " characters; allowed: 1 to " + LONGEST_TOPIC);
        }
        int posts = posts(arguments.getOrDefault("posts", ""));
        return PromptOutcome.user("A thread of " + posts + " posts", """
                Plan a thread of %1$d posts for X on this topic:

                %2$s

                - Each post has at most %3$d as X counts: most letters, digits and signs 1; a character of Chinese, Japanese \
                or Korean 2; an emoji 2, whatever it is made of; each link 23, however long. Write the count behind each \
                post, and shorten what is too long. Leave room for a number such as 1/%1$d.
                - The first post must say by itself why one should read on. One thought a post. No post may say the same as \
                another: X refuses a second post of the same text.
                - X charges about $0.015 for a post and $0.20 for a post with a link in it: put all links into one post, the \
                last, if there are any. Say what the thread will cost.

                Show me the plan first. Only when I agree, publish: the first with twitter_post_tweet, each further one with \
                twitter_reply_to_tweet under the id of the one before, with the account that I name. If a call fails with \
                outcome_unknown, stop and look whether the post is there; never send it twice. If one is refused, stop and \
                tell me how far you came.
                """.formatted(posts, topic, TweetLength.ALLOWED));
    }

    private static int posts(String text) {
        int posts = text.strip().matches("[0-9]{1,2}") ? Integer.parseInt(text.strip()) : 0;
        if (posts < 2 || posts > MOST_POSTS) {
            throw McpException.invalidParams(POSTS_ALLOWED);
        }
        return posts;
    }
}
