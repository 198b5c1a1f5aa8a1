package dev.roost.server.http;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why a request was refused, fit to be shown (RFC 9457). No secret in it, nor anything of a request that could be one.
 *
 * @param status the HTTP status
 * @param code a stable word for programs
 * @param detail what happened and what to do, for people
 * @param retryable whether the same request may work later
 * @param retryAfter how long to wait first, if known
 * @param reauthorizeUrl where a person has to sign in again, if that is what it takes
 * @param upstream what X said, if it was X
 * @param challenge what the header {@code WWW-Authenticate} says, if credentials would help
 */
public record Problem(
        int status,
        String code,
        String detail,
        boolean retryable,
        Optional<Duration> retryAfter,
        Optional<URI> reauthorizeUrl,
        Optional<Upstream> upstream,
        Optional<String> challenge) {

    /** What X said: its status and its two words about it, which may be empty. */
    public record Upstream(int status, String error, String description) {}

    /** A problem that the same request will meet again. */
    public static Problem lasting(int status, String code, String detail) {
        return new Problem(
                status, code, detail, false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A problem that may be gone after a while. */
    public static Problem passing(int status, String code, String detail, Duration retryAfter) {
        return new Problem(
                status,
                code,
                detail,
                true,
                Optional.of(retryAfter),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Returns the same problem with what X said. */
    public Problem with(Upstream said) {
        return new Problem(status, code, detail, retryable, retryAfter, reauthorizeUrl, Optional.of(said), challenge);
    }

    /** Returns the same problem with the address where a person has to go. */
    public Problem withReauthorization(URI url) {
        return new Problem(status, code, detail, retryable, retryAfter, Optional.of(url), upstream, challenge);
    }

    /** Returns the same problem with what {@code WWW-Authenticate} says; {@link Challenges} builds it. */
    public Problem withChallenge(String header) {
        return new Problem(status, code, detail, retryable, retryAfter, reauthorizeUrl, upstream, Optional.of(header));
    }

    /** Returns the seconds to wait, rounded up; at least 1. */
    public Optional<Long> retryAfterSeconds() {
        return retryAfter.map(wait -> Math.max(1, (wait.toMillis() + 999) / 1000));
    }

    /** Returns the members of the JSON document. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "urn:roost:problem:" + code);
        members.put("title", code.replace('_', ' '));
        members.put("status", status);
        members.put("detail", detail);
        members.put("code", code);
        members.put("retryable", retryable);
        retryAfterSeconds().ifPresent(seconds -> members.put("retryAfter", seconds));
        reauthorizeUrl.ifPresent(url -> members.put("reauthorizeUrl", url.toString()));
        upstream.ifPresent(said -> members.put("upstream", upstream(said)));
        return members;
    }

    /** Returns what X said as members of a JSON document. */
    public static Map<String, Object> upstream(Upstream said) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("status", said.status());
        members.put("error", said.error());
        members.put("error_description", said.description());
        return members;
    }
}
