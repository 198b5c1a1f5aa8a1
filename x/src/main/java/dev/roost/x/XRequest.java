package dev.roost.x;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * One HTTP request to X.
 *
 * @param deadline for the whole exchange
 */
record XRequest(String method, URI uri, Map<String, String> headers, Body body, Duration deadline) {
    XRequest {
        headers = Map.copyOf(headers);
    }

    /** Tells whether X might change something when it reads this. */
    boolean writes() {
        return !method.equals("GET") && !method.equals("HEAD");
    }

    /** Names host and port, for messages. */
    String peer() {
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
        return uri.getHost() + ":" + port;
    }

    @Override
    public String toString() {
        return method + " " + uri;
    }
}
