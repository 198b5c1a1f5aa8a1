package dev.roost.cli.settings;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Knows which hosts are this machine. */
final class Hosts {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private Hosts() {}

    static boolean isLoopback(String host) {
        return LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
    }

    /** Tells whether people and tokens may be sent there: encrypted, or not over a network. */
    static boolean isSafe(URI uri) {
        String host = uri.getHost();
        boolean here = host != null && isLoopback(host);
        return host != null && ("https".equals(uri.getScheme()) || (here && "http".equals(uri.getScheme())));
    }
}
