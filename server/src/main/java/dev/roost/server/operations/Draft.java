package dev.roost.server.operations;

import dev.roost.server.http.Members;
import dev.roost.server.http.ProblemException;
import dev.roost.x.Poll;
import dev.roost.x.Tweet;
import dev.roost.x.Tweet.Answers;
import dev.roost.x.Tweet.LengthCheck;
import dev.roost.x.TweetId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Reads a post that a program wants to publish. */
final class Draft {
    private static final int LONGEST = 25_000;
    private static final String DIGITS = "[0-9]{1,19}";
    private static final String AN_ID = "the 1 to 19 digits of an id, as a text";
    private static final String SETTINGS =
            Arrays.stream(Answers.values()).map(Answers::wire).collect(Collectors.joining(", "));

    private Draft() {}

    /** @throws ProblemException if something is not allowed; the message says what is */
    static Tweet read(ObjectNode body) {
        Members members =
                Members.of(body, "text", "replyTo", "mediaIds", "quote", "poll", "replySettings", "uncheckedLength");
        try {
            Optional<Answers> answers =
                    members.text("replySettings", "[A-Za-z]{1,40}", SETTINGS).map(Draft::answers);
            return new Tweet(
                    members.prose("text", LONGEST).orElse(""),
                    members.text("replyTo", DIGITS, AN_ID).map(TweetId::new),
                    members.flag("uncheckedLength") ? LengthCheck.OFF : LengthCheck.STANDARD,
                    members.texts("mediaIds", DIGITS, "an array of ids of uploads")
                            .orElse(List.of()),
                    members.text("quote", DIGITS, AN_ID).map(TweetId::new),
                    members.object("poll").map(Draft::poll),
                    answers);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Poll poll(ObjectNode body) {
        Members members = Members.of(body, "options", "minutes");
        return new Poll(
                members.texts("options", "(?s).{1,100}", "an array of 2 to 4 texts of 1 to 25 characters")
                        .orElse(List.of()),
                (int) Math.min(Integer.MAX_VALUE, members.number("minutes").orElse(0)));
    }

    private static Answers answers(String word) {
        return Arrays.stream(Answers.values())
                .filter(known -> known.wire().toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid("\"replySettings\" is none of " + SETTINGS));
    }
}
