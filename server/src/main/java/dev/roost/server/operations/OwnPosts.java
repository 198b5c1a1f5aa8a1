package dev.roost.server.operations;

import dev.roost.core.KeeperException;
import dev.roost.x.Tweet;
import dev.roost.x.Tweet.LengthCheck;
import dev.roost.x.XPage;
import dev.roost.x.XPaging;
import dev.roost.x.XReply;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Finds out from an account's timeline whether a post of text alone, whose answer was lost, is there. */
record OwnPosts(Tools tools) {
    private static final XPaging LATEST = XPaging.first(20);
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);
    /** X puts addresses of its own in place of those in a text, and adds one for media. */
    private static final Pattern ADDRESS = Pattern.compile("https?://\\S+");

    /** Returns the id of a post with this text made since then; empty when there is none, or X does not say. */
    Optional<String> find(Posts.Author author, Tweet tweet, Instant sentAt) {
        String wanted = comparable(tweet.text());
        if (wanted.isEmpty() || !isTextAlone(tweet)) {
            return Optional.empty();
        }
        try {
            XReply<XPage> answer = tools.calls()
                    .call(
                            author.account(),
                            caller -> tools.api().timelines().timeline(caller, author.userId(), LATEST));
            return answer instanceof XReply.Ok<XPage> ok
                    ? among(ok.value().data(), wanted, sentAt.minus(CLOCKS_DIFFER))
                    : Optional.empty();
        } catch (KeeperException e) {
            return Optional.empty();
        }
    }

    /**
     * X takes no second post of the same text, so a text alone is found for certain. An answer, a quote, media or a poll may
     * well repeat the text of another post, and a long text is cut short in the timeline.
     */
    private static boolean isTextAlone(Tweet tweet) {
        return tweet.replyTo().isEmpty()
                && tweet.quote().isEmpty()
                && tweet.poll().isEmpty()
                && tweet.media().isEmpty()
                && tweet.length() == LengthCheck.STANDARD;
    }

    private static Optional<String> among(JsonNode posts, String wanted, Instant since) {
        return StreamSupport.stream(posts.spliterator(), false)
                .filter(post -> comparable(post.path("text").asString("")).equals(wanted))
                .filter(post -> !madeAt(post).isBefore(since))
                .map(post -> post.path("id").asString(""))
                .filter(id -> !id.isEmpty())
                .findFirst();
    }

    private static Instant madeAt(JsonNode post) {
        try {
            return Instant.parse(post.path("created_at").asString(""));
        } catch (DateTimeException e) {
            return Instant.MIN;
        }
    }

    /** The text without its addresses, as X's own marks and white space would leave it. */
    private static String comparable(String text) {
        return ADDRESS.matcher(text)
                .replaceAll("")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
