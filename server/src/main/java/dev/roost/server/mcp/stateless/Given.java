package dev.roost.server.mcp.stateless;

import dev.roost.core.AccessToken;
import dev.roost.core.Secret;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The arguments of one call, looked at as the original does: what Python takes for false is not there, and a number is what
 * its {@code int()} makes of it. Beyond that, nothing of a form that X could not take goes to X.
 */
final class Given {
    private static final int LONGEST_SECRET = 4096;
    private static final int LARGEST = 1_000_000_000;
    private static final Pattern ID = Pattern.compile("[0-9]{1,19}");
    private static final Pattern WHOLE = Pattern.compile("\\s*[+-]?[0-9]{1,9}\\s*");
    /** So short and plain that it is no secret of X's. */
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9 .,+-]{0,12}");

    private final ObjectNode values;

    Given(ObjectNode values) {
        this.values = values;
    }

    /** Returns a text that is there. */
    Optional<String> text(String name) {
        JsonNode value = values.path(name);
        if (isFalse(value)) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw BadCallException.plain(name + " must be a string");
        }
        return Optional.of(value.stringValue());
    }

    /** Returns a text that must be there. */
    String text(String name, String whenMissing) {
        return text(name).orElseThrow(() -> BadCallException.plain(whenMissing));
    }

    /** Tells whether something is there, whatever it is. */
    boolean has(String name) {
        return !isFalse(values.path(name));
    }

    /** Returns the access token that the call brings. */
    AccessToken accessToken() {
        return new AccessToken(
                secret("twitter_access_token", text("twitter_access_token", "twitter_access_token is required")));
    }

    /** Makes a secret of a text that may be one. */
    static Secret secret(String name, String text) {
        String clean = text.strip();
        if (clean.isEmpty() || clean.length() > LONGEST_SECRET || !clean.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw BadCallException.early(name + " is none of X's: these are 1 to " + LONGEST_SECRET
                    + " printable ASCII characters without spaces");
        }
        return Secret.of(clean);
    }

    /** Returns an id of X's, if it is one. */
    static String id(String name, String text) {
        if (!ID.matcher(text).matches()) {
            throw BadCallException.early(name + " is not 1 to 19 digits");
        }
        return text;
    }

    /** Returns a list of ids of X's. */
    List<String> ids(String name, int most) {
        JsonNode value = values.path(name);
        if (isFalse(value)) {
            return List.of();
        }
        if (!value.isArray() || value.size() > most) {
            throw BadCallException.early(name + " must be a list of at most " + most + " ids");
        }
        return value.valueStream()
                .map(id -> id(name, id.isString() ? id.stringValue() : ""))
                .toList();
    }

    /** Returns how many are wanted, 10 unless the call says otherwise. */
    int maxResults() {
        JsonNode value = values.path("max_results");
        if (value.isMissingNode()) {
            return 10;
        }
        return switch (value.getNodeType()) {
            case NUMBER -> bounded(value.decimalValue());
            case BOOLEAN -> value.booleanValue() ? 1 : 0;
            case STRING -> whole(value.stringValue());
            case NULL -> throw notInteger("NoneType");
            case ARRAY -> throw notInteger("list");
            case OBJECT, BINARY, MISSING, POJO -> throw notInteger("dict");
        };
    }

    /** Refuses a number that X would refuse. */
    static int within(int wanted, int least, int most) {
        if (wanted < least || wanted > most) {
            String shown = Math.abs(wanted) == LARGEST ? "far out of range" : Integer.toString(wanted);
            throw BadCallException.early("max_results is " + shown + "; allowed is " + least + " to " + most);
        }
        return wanted;
    }

    private static boolean isFalse(JsonNode value) {
        return switch (value.getNodeType()) {
            case MISSING, NULL -> true;
            case STRING -> value.stringValue().isEmpty();
            case BOOLEAN -> !value.booleanValue();
            case NUMBER -> value.decimalValue().signum() == 0;
            case ARRAY, OBJECT -> value.isEmpty();
            case BINARY, POJO -> false;
        };
    }

    private static int bounded(BigDecimal number) {
        BigDecimal most = BigDecimal.valueOf(LARGEST);
        return number.min(most).max(most.negate()).intValue();
    }

    private static int whole(String text) {
        if (!WHOLE.matcher(text).matches()) {
            String shown = HARMLESS.matcher(text).matches() ? text : "***";
            throw BadCallException.plain("invalid literal for int() with base 10: '" + shown + "'");
        }
        return Integer.parseInt(text.strip());
    }

    private static BadCallException notInteger(String type) {
        return BadCallException.plain(
                "int() argument must be a string, a bytes-like object or a real number, not '" + type + "'");
    }
}
