package dev.roost.x;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * A request that somebody else made up, to be passed on to X.
 *
 * @param method GET, HEAD, POST, PUT, PATCH or DELETE
 * @param path as it came, encoded, below the API address; {@link XStream#send} says what is allowed
 * @param query as it came, encoded, without the question mark; empty for none
 * @param headers as they came; those that X needs to understand the request are passed on, no others
 * @param content empty for none
 */
public record XStreamCall(
        String method,
        String path,
        Optional<String> query,
        Map<String, List<String>> headers,
        Optional<Content> content) {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    /** @throws IllegalArgumentException if the method, path, query or a header is not allowed; the message names the rule */
    public XStreamCall {
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException(
                    "method \"" + Censor.shown(method) + "\" is none of GET, HEAD, POST, PUT, PATCH, DELETE");
        }
        PathRules.checkPath(path);
        query.ifPresent(PathRules::checkQuery);
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = PassedHeaders.request(copy);
    }

    /** Prints what and where, without the query. */
    @Override
    public String toString() {
        return method + " " + path;
    }

    /**
     * What the request carries.
     *
     * @param in read while it is sent, at most once; closed at its end
     * @param length in bytes; empty when it is not known, then it goes out in chunks
     */
    public record Content(InputStream in, OptionalLong length) {
        /** @throws IllegalArgumentException if the length is negative */
        public Content {
            if (length.isPresent() && length.getAsLong() < 0) {
                throw new IllegalArgumentException(
                        "the content's length is " + length.getAsLong() + "; allowed is 0 or more");
            }
        }

        Body body() {
            if (length.isPresent() && length.getAsLong() == 0) {
                return new Body.None();
            }
            return new Body.Stream(new MeteredInput(in), length.orElse(-1));
        }
    }
}
