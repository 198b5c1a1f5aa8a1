package dev.roost.x;

import dev.roost.core.XAnswer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Says what stands in a body that is no success: X's own words if there are any, else a short account of it. */
final class Wording {
    private static final Pattern TITLE =
            Pattern.compile("<title[^>]*>(.*?)</title", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private Wording() {}

    /** Reads the two OAuth error fields (RFC 6749 section 5.2), or whatever comes nearest. */
    static XAnswer answer(Delivery.Answered answer, Censor censor) {
        Optional<ObjectNode> json = Json.object(answer.body());
        String error = json.flatMap(body -> Json.text(body, "error")).orElse("");
        String words = json.flatMap(Wording::words).orElseGet(() -> json.isPresent() ? "" : account(answer));
        return new XAnswer(answer.status(), censor.clean(error), censor.clean(words));
    }

    /** Returns a description from any of the shapes that X uses: OAuth error, problem, or list of problems. */
    static Optional<String> words(JsonNode body) {
        return Stream.of("error_description", "detail", "message", "title")
                .flatMap(name -> Json.text(body, name).stream())
                .findFirst()
                .or(() -> body.path("errors").isArray() && !body.path("errors").isEmpty()
                        ? words(body.path("errors").path(0))
                        : Optional.empty());
    }

    /** Describes a body that is not a JSON object. */
    static String account(Delivery.Answered answer) {
        String body = answer.body().strip();
        if (body.isEmpty()) {
            return "an empty body";
        }
        if (isHtml(answer)) {
            Matcher title = TITLE.matcher(body);
            return title.find() ? "an HTML page \"" + title.group(1).strip() + "\"" : "an HTML page without a title";
        }
        // What looks like JSON may be half an answer with new tokens in it, escaped beyond a censor's reach.
        boolean quotable = answer.mediaType().equals("text/plain") && !body.startsWith("{") && !body.startsWith("[");
        return quotable ? body : "a body of " + answer.body().length() + " characters that is not JSON";
    }

    /** Says that reading an answer failed, without the failure's message, which may quote the answer. */
    static String unreadable(Delivery.Answered answer, RuntimeException failure) {
        return "HTTP " + answer.status() + " that could not be read ("
                + failure.getClass().getSimpleName() + ")";
    }

    /** Tells whether the body is a web page: X's API never sends one, networks in front of it do (failure F27). */
    static boolean isHtml(Delivery.Answered answer) {
        return answer.mediaType().contains("html")
                || answer.body().stripLeading().startsWith("<");
    }
}
