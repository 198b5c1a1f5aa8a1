package dev.roost.server.guide.tools;

import dev.roost.core.AccessToken;
import dev.roost.core.RefreshToken;
import dev.roost.core.Secret;
import dev.roost.x.TweetId;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The arguments of one call. What cannot be used ends the call with a message that names the parameter and never its
 * value, for that may be a secret in the wrong place.
 */
public final class Arguments {
    private static final int LONGEST_TOKEN = 4096;
    private static final int LONGEST_URL = 2048;
    private static final Pattern ID = Pattern.compile("[0-9]{1,19}");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,9}");

    private final String tool;
    private final ObjectNode values;

    Arguments(String tool, ObjectNode values) {
        this.tool = tool;
        this.values = values;
    }

    /** Checks presence, in the order of the parameters, and then types; as the original, but for the types. */
    void check(Tool wanted) {
        for (String name : wanted.required()) {
            if (!values.has(name)) {
                throw new BadArgumentException("Missing required parameter \"" + name + "\" for tool \"" + tool + "\"");
            }
        }
        for (Param param : wanted.params()) {
            if (param.type() == Param.Type.STRING && (param.required() || isThere(param.name()))) {
                text(param.name());
            }
        }
    }

    /** Returns a text that is not blank. */
    String text(String name) {
        JsonNode value = values.path(name);
        if (!value.isString()) {
            throw wrong(name, "must be a string");
        }
        if (value.stringValue().isBlank()) {
            throw name.equals("accessToken")
                    ? new BadArgumentException("Twitter API access token is required.")
                    : wrong(name, "must not be empty");
        }
        return value.stringValue();
    }

    /** Returns a text that may be left out, empty or null. */
    Optional<String> textIfAny(String name) {
        return isThere(name) ? Optional.of(text(name)) : Optional.empty();
    }

    AccessToken accessToken() {
        return new AccessToken(secret("accessToken"));
    }

    RefreshToken refreshToken() {
        return RefreshToken.of(secret("refreshToken").expose());
    }

    /** Returns a text that nobody may see. */
    Secret secret(String name) {
        String text = text(name).strip();
        if (text.length() > LONGEST_TOKEN || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw wrong(name, "must be at most " + LONGEST_TOKEN + " printable ASCII characters without spaces");
        }
        return Secret.of(text);
    }

    TweetId tweetId() {
        String text = text("tweetId");
        if (!ID.matcher(text).matches()) {
            throw wrong("tweetId", "must be 1 to 19 digits, those at the end of the post's address");
        }
        return new TweetId(text);
    }

    URI callbackUrl() {
        String text = text("callbackUrl");
        try {
            URI uri = new URI(text);
            if (uri.isAbsolute() && !uri.isOpaque() && uri.getRawFragment() == null && text.length() <= LONGEST_URL) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Its message would repeat the value; the one below says the same without it.
        }
        throw wrong("callbackUrl", "must be an absolute URL without a fragment, registered with the X app");
    }

    /** Returns how many are wanted, 1 to 100; more is taken for 100. */
    int maxResults() {
        JsonNode value = values.path("maxResults");
        if (value.isMissingNode() || value.isNull()) {
            return 10;
        }
        OptionalInt number = whole(value);
        if (number.isEmpty() || number.getAsInt() < 1) {
            throw wrong("maxResults", "must be a whole number from 1 to 100");
        }
        return Math.min(number.getAsInt(), 100);
    }

    /** Returns what may stand in a log: a post's id, if that is what it is. */
    Optional<String> loggableTweetId() {
        JsonNode value = values.path("tweetId");
        return value.isString() && ID.matcher(value.stringValue()).matches()
                ? Optional.of(value.stringValue())
                : Optional.empty();
    }

    /** Returns what may stand in a log: a small whole number, if that is what it is. */
    OptionalInt loggableMaxResults() {
        return whole(values.path("maxResults"));
    }

    private boolean isThere(String name) {
        JsonNode value = values.path(name);
        boolean empty = value.isString() && value.stringValue().isEmpty();
        return !value.isMissingNode() && !value.isNull() && !empty;
    }

    private BadArgumentException wrong(String name, String allowed) {
        return new BadArgumentException("Parameter \"" + name + "\" of tool \"" + tool + "\" " + allowed);
    }

    /** A number without a fraction, or such a number as text: JavaScript takes one for the other. */
    private static OptionalInt whole(JsonNode value) {
        if (value.isNumber()) {
            boolean usable = value.canConvertToInt() && value.canConvertToExactIntegral();
            return usable ? OptionalInt.of(value.intValue()) : OptionalInt.empty();
        }
        return value.isString() && WHOLE.matcher(value.stringValue()).matches()
                ? OptionalInt.of(Integer.parseInt(value.stringValue()))
                : OptionalInt.empty();
    }
}
