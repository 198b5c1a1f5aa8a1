package dev.roost.server.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Which web pages may use this server. A browser names the page's origin in {@code Origin}; other clients send none. Pages
 * of this server itself may, those that are allowed may (CORS, the Fetch standard section 3.2), no other does.
 */
final class Origins {
    private static final String EXPOSED =
            "Mcp-Session-Id, X-Request-Id, Retry-After, WWW-Authenticate, x-rate-limit-limit, x-rate-limit-remaining, x-rate-limit-reset";

    private final Set<String> allowed;

    /** @param allowed origins such as {@code https://app.example.com}, in lower case; none: CORS is off */
    Origins(Set<String> allowed) {
        this.allowed = Set.copyOf(allowed);
    }

    /** Tells whether the request comes from no page, from one of ours, or from one that is allowed. */
    boolean admits(Request request) {
        Optional<String> origin = origin(request);
        return origin.isEmpty() || isOurs(origin.get(), request) || allowed.contains(origin.get());
    }

    /** Returns the headers that let the page of another origin see the answer. */
    Map<String, String> headers(Request request) {
        return origin(request)
                .filter(allowed::contains)
                .map(origin -> Map.of(
                        "Access-Control-Allow-Origin", origin,
                        "Access-Control-Expose-Headers", EXPOSED,
                        "Vary", "Origin"))
                .orElse(Map.of());
    }

    /** Answers a browser that asks first whether it may; empty when the request is something else. */
    Optional<Reply> preflight(Request request) {
        boolean asks = request.getMethod().equals("OPTIONS")
                && request.getHeaders().contains("Access-Control-Request-Method")
                && origin(request).filter(allowed::contains).isPresent();
        if (!asks) {
            return Optional.empty();
        }
        Map<String, String> headers = new LinkedHashMap<>(headers(request));
        headers.put("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
        headers.put(
                "Access-Control-Allow-Headers",
                "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, MCP-Protocol-Version, Mcp-Method, Mcp-Name,"
                        + " Mcp-Session-Id, Roost-Account, Roost-Status, X-API-Key, X-Request-Id");
        headers.put("Access-Control-Max-Age", "600");
        return Optional.of(new Reply(204, headers, new Reply.Body.None(), "ok"));
    }

    private static Optional<String> origin(Request request) {
        return Optional.ofNullable(request.getHeaders().get(HttpHeader.ORIGIN))
                .map(origin -> origin.strip().toLowerCase(Locale.ROOT));
    }

    /** Tells whether a page of this server asks. */
    static boolean isFromOwnPage(Request request) {
        return origin(request).filter(origin -> isOurs(origin, request)).isPresent();
    }

    /** Tells whether a page asks that this machine's own browser opened under a name of the machine itself. */
    static boolean isFromThisMachine(Request request) {
        return origin(request)
                .filter(origin -> origin.matches("https?://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]+)?"))
                .isPresent();
    }

    private static boolean isOurs(String origin, Request request) {
        String host = request.getHeaders().get(HttpHeader.HOST);
        return host != null
                && (origin.equals("http://" + host.toLowerCase(Locale.ROOT))
                        || origin.equals("https://" + host.toLowerCase(Locale.ROOT)));
    }
}
