package dev.roost.server.http;

import dev.roost.core.access.KeyScope;

/** Who may call a route. */
public sealed interface Access {
    /** Anybody who can reach the server. */
    record Open() implements Access {}

    /** Anybody while the server listens on a loopback address only; elsewhere it takes a key with this scope. */
    record Local(KeyScope scope) implements Access {}

    /** It takes an API key with this scope, wherever the server listens. */
    record Keyed(KeyScope scope) implements Access {}
}
