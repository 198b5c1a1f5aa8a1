package dev.roost.x;

import dev.roost.core.AccessToken;
import dev.roost.core.RefreshToken;
import dev.roost.core.Scopes;
import dev.roost.core.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a token answer (RFC 6749 section 5.1) as leniently as is safe: what is there is kept, since it may be the only
 * live pair; what cannot be a token makes the whole answer unknown. Members and their types that Roost does not need
 * ({@code token_type} among them) are not looked at.
 */
final class TokenAnswer {
    /** What X documents, used when an answer does not say, or says something that is not a positive number. */
    static final Duration USUAL_LIFETIME = Duration.ofHours(2);

    /** Less is taken for this, so that an absurd answer does not make a grant be rotated in a tight loop. */
    static final Duration SHORTEST = Duration.ofMinutes(1);

    /** More is taken for this, so that an absurd answer does not put the next refresh off for good. */
    static final Duration LONGEST = Duration.ofDays(1);

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,9})?");

    private TokenAnswer() {}

    /** Returns {@link Verdict.Rotated} or {@link Verdict.Unknown}. */
    static Verdict read(Delivery.Answered answer) {
        String prefix = "HTTP " + answer.status() + " with ";
        Optional<ObjectNode> json = Json.object(answer.body());
        if (json.isEmpty()) {
            return new Verdict.Unknown(prefix + (Wording.isHtml(answer) ? "an HTML page" : "a body that is not JSON"));
        }
        ObjectNode body = json.get();
        if (!isToken(body, "access_token")) {
            return new Verdict.Unknown(prefix + "no usable access_token in it");
        }
        if (!isAbsent(body, "refresh_token") && !isToken(body, "refresh_token")) {
            return new Verdict.Unknown(prefix + "a refresh_token in it that is none");
        }
        return new Verdict.Rotated(
                AccessToken.of(body.path("access_token").stringValue()),
                Json.text(body, "refresh_token").map(RefreshToken::of),
                lifetime(body.path("expires_in")),
                Json.text(body, "scope").map(Scopes::parse));
    }

    /** Reads {@code expires_in}, a number or text with one, and keeps it between the bounds above. */
    static Duration lifetime(JsonNode expiresIn) {
        Optional<BigDecimal> seconds = seconds(expiresIn).filter(s -> s.signum() > 0);
        if (seconds.isEmpty()) {
            return USUAL_LIFETIME;
        }
        BigDecimal bounded = seconds.get()
                .max(BigDecimal.valueOf(SHORTEST.toSeconds()))
                .min(BigDecimal.valueOf(LONGEST.toSeconds()));
        return Duration.ofSeconds(bounded.longValue());
    }

    private static Optional<BigDecimal> seconds(JsonNode expiresIn) {
        String text = expiresIn.isNumber() || expiresIn.isString()
                ? expiresIn.asString().strip()
                : "";
        return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    private static boolean isAbsent(ObjectNode body, String name) {
        JsonNode member = body.path(name);
        return member.isMissingNode()
                || member.isNull()
                || (member.isString() && member.stringValue().isBlank());
    }

    private static boolean isToken(ObjectNode body, String name) {
        return Json.text(body, name)
                .filter(text -> text.strip().chars().allMatch(c -> c > ' ' && c < 127))
                .isPresent();
    }
}
