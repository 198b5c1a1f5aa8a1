package dev.roost.x;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which paths and queries of others may be put behind the API address. Only what has one meaning for every reader of
 * RFC 3986 passes: no server or network on the way can take it for a path outside of {@code /2/}.
 */
final class PathRules {
    private static final Pattern PATH_CHARACTERS = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:/%-]*");
    private static final Pattern QUERY_CHARACTERS = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*");
    private static final Pattern BROKEN_CODE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern CODE = Pattern.compile("%([0-9A-Fa-f]{2})");

    /** What a reader might decode and then give a meaning to. */
    private static final String TRICKY = "/\\@%?#;:";

    private PathRules() {}

    static void checkPath(String path) {
        require(path.startsWith("/2/") && path.length() > 3, "path", path, "must begin with /2/ and name something");
        require(
                PATH_CHARACTERS.matcher(path).matches(),
                "path",
                path,
                "must have no @, ?, #, backslash, space, control character, or character outside ASCII");
        require(!path.contains("//"), "path", path, "must have no empty segment");
        require(
                !path.contains("..") && !path.contains("/./") && !path.endsWith("/."),
                "path",
                path,
                "must have no dot segment and no ..");
        checkCodes(path);
        require(
                !path.toLowerCase(Locale.ROOT).startsWith("/2/oauth2"),
                "path",
                path,
                "must not be below /2/oauth2: tokens are Roost's business alone");
    }

    static void checkQuery(String query) {
        require(
                QUERY_CHARACTERS.matcher(query).matches()
                        && !BROKEN_CODE.matcher(query).find(),
                "query",
                query,
                "must be percent-encoded: no #, space, quote, bracket, control character, or character outside ASCII");
    }

    private static void checkCodes(String path) {
        require(!BROKEN_CODE.matcher(path).find(), "path", path, "must have two hexadecimal digits after each %");
        Matcher codes = CODE.matcher(path);
        while (codes.find()) {
            int code = Integer.parseInt(codes.group(1), 16);
            boolean plain = (Character.isLetterOrDigit(code) && code < 128) || "-._~".indexOf(code) >= 0;
            require(
                    code > ' ' && code != 127 && !plain && TRICKY.indexOf(code) < 0,
                    "path",
                    path,
                    "must not encode " + codes.group()
                            + ": letters, digits, -._~ are written plainly, and spaces, control" + " characters and "
                            + TRICKY + " have no place in a path of X's");
        }
    }

    private static void require(boolean kept, String what, String value, String rule) {
        if (!kept) {
            throw new IllegalArgumentException(what + " \"" + Censor.shown(value) + "\" is not allowed: it " + rule);
        }
    }
}
