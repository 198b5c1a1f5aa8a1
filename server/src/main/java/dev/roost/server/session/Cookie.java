package dev.roost.server.session;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The cookie of a session. Over https it has the prefix {@code __Host-}: no other host can set one of that name (RFC 6265bis
 * section 4.1.3.2). {@code SameSite=Lax}, not {@code Strict}: a person who comes back from X's page is still signed in, and no
 * request that changes something is a GET.
 *
 * @param isPublicSecure whether people reach this Roost by https, so that a cookie without the prefix is nobody's
 */
record Cookie(String name, boolean isPublicSecure) {
    private static final String PREFIX = "__Host-";

    String set(String value, Duration lasts, boolean isSecure) {
        boolean secure = isSecure || isPublicSecure;
        return (secure ? PREFIX : "") + name + "=" + value
                + "; Path=" + (secure ? "/" : "/dashboard")
                + "; Max-Age=" + lasts.toSeconds()
                + "; HttpOnly; SameSite=Lax"
                + (secure ? "; Secure" : "");
    }

    /** What a browser sent, and whether it sends that by https alone. */
    record Read(String value, boolean isSecure) {}

    Optional<Read> read(List<String> headers) {
        Optional<Read> prefixed = read(headers, PREFIX + name).map(value -> new Read(value, true));
        return prefixed.isPresent() || isPublicSecure
                ? prefixed
                : read(headers, name).map(value -> new Read(value, false));
    }

    private static Optional<String> read(List<String> headers, String wanted) {
        return headers.stream()
                .flatMap(header -> List.of(header.split(";", -1)).stream())
                .map(String::strip)
                .filter(pair -> pair.startsWith(wanted + "="))
                .map(pair -> pair.substring(wanted.length() + 1))
                .findFirst();
    }
}
