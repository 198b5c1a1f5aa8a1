package dev.roost.server.http;

import java.util.HashSet;
import java.util.Set;

/**
 * Where to listen, and for whom.
 *
 * @param host a name or address of this machine
 * @param port 1 to 65535, or 0 for any free one
 * @param names the host names that requests may be meant for; empty when any may
 * @param origins the web origins whose pages may use the server, in lower case (CORS)
 * @param isLoopback whether only programs of this machine can reach it
 */
public record Address(String host, int port, Set<String> names, Set<String> origins, boolean isLoopback) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    /** Copies the sets. */
    public Address {
        names = Set.copyOf(names);
        origins = Set.copyOf(origins);
    }

    /**
     * Answers this machine only, and only requests meant for it: a page from elsewhere could name a host of its own and
     * let it lead here (DNS rebinding).
     *
     * @param alias one more name that is right, that of a proxy in front of this server
     */
    public static Address loopback(String host, int port, String alias, Set<String> origins) {
        Set<String> names = new HashSet<>(LOOPBACK);
        names.add(alias);
        return new Address(host, port, names, origins, true);
    }

    /** Answers whoever can reach it, under any name; most of it only with an API key. */
    public static Address open(String host, int port, Set<String> origins) {
        return new Address(host, port, Set.of(), origins, false);
    }

    /** Returns the same address under one more name; the same where any name is right. */
    public Address alsoNamed(String name) {
        if (names.isEmpty()) {
            return this;
        }
        Set<String> more = new HashSet<>(names);
        more.add(name);
        return new Address(host, port, more, origins, isLoopback);
    }

    /**
     * Tells whether this name is that of the machine itself, and only its own programs can reach the server: not so when a
     * proxy with another name stands in front.
     */
    boolean isLocal(String name) {
        return isLoopback && LOOPBACK.containsAll(names) && LOOPBACK.stream().anyMatch(name::equalsIgnoreCase);
    }

    boolean isMeantBy(String name) {
        return names.isEmpty() || names.stream().anyMatch(name::equalsIgnoreCase);
    }
}
