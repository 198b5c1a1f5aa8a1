package dev.roost.simulator;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A stand-in for X on a loopback port. Safe for several threads. */
@SuppressWarnings("DoNotCallSuggester")
public final class Simulator implements AutoCloseable {

    private Simulator() {}

    public static Simulator start() {
        return start(0);
    }

    public static Simulator start(int port) {
        throw new UnsupportedOperationException("not built yet: " + port);
    }

    public URI uri() {
        throw new UnsupportedOperationException();
    }

    public URI authorizeUri() {
        throw new UnsupportedOperationException();
    }

    public SimulatedApp addApp(String clientId, @Nullable String clientSecret, String... redirectUris) {
        throw new UnsupportedOperationException();
    }

    public SimulatedUser addUser(String id, String username) {
        throw new UnsupportedOperationException();
    }

    public void addDefaults() {
        throw new UnsupportedOperationException();
    }

    public IssuedPair issue(String clientId, String userId, String... scopes) {
        throw new UnsupportedOperationException();
    }

    public void revoke(String userId) {
        throw new UnsupportedOperationException();
    }

    public void changeSecret(String clientId, @Nullable String newSecret) {
        throw new UnsupportedOperationException();
    }

    public void advance(Duration by) {
        throw new UnsupportedOperationException();
    }

    public Instant now() {
        throw new UnsupportedOperationException();
    }

    public void queue(Fault fault) {
        throw new UnsupportedOperationException();
    }

    public void awaitHeld(int count) {
        throw new UnsupportedOperationException();
    }

    public int release() {
        throw new UnsupportedOperationException();
    }

    public Switches switches() {
        throw new UnsupportedOperationException();
    }

    public Ledger ledger() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
