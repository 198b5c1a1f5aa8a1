package dev.roost.simulator;

import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in for X on a loopback port, over real HTTP. It answers as X does at the authorization, token, revocation and
 * many data endpoints, fails as told, and keeps a {@link Ledger} of every token. The same controls are offered over HTTP
 * under {@code /_sim}. Its clock runs with real time and can be turned ahead. Safe for several threads.
 */
public final class Simulator implements AutoCloseable {

    private static final Duration HOLD_PATIENCE = Duration.ofSeconds(30);

    private final Listener listener;
    private final World world;

    private Simulator(Listener listener, World world) {
        this.listener = listener;
        this.world = world;
    }

    /** Starts a simulator without apps and users on a free loopback port. */
    public static Simulator start() {
        return start(0);
    }

    /**
     * Starts a simulator without apps and users on {@code 127.0.0.1:port}; zero takes any free port.
     *
     * @throws IllegalArgumentException when the port is outside 0 to 65535
     * @throws UncheckedIOException when the port is taken
     */
    public static Simulator start(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "port " + port + " is not a port; allowed: 0 to 65535; 0 takes a free one");
        }
        SecureRandom random = new SecureRandom();
        World world = World.create(InstantSource.system(), random);
        Front front = new Front(world, new Envelope(world.clock(), random));
        return new Simulator(Listener.open(port, front), world);
    }

    /** The root, {@code http://127.0.0.1:PORT} without a slash at the end. */
    public URI uri() {
        return URI.create("http://" + Listener.LOOPBACK + ":" + listener.port());
    }

    /** Where browsers are sent to for consent. */
    public URI authorizeUri() {
        return uri().resolve(AuthorizeRoutes.PATH);
    }

    /**
     * Registers an app.
     *
     * @param clientSecret {@code null} for a public client
     * @throws IllegalArgumentException when the client id is taken or not usable, or there are over ten redirect URIs
     */
    public SimulatedApp addApp(String clientId, @Nullable String clientSecret, String... redirectUris) {
        SimulatedApp app = new SimulatedApp(clientId, secretOrNone(clientSecret), List.of(redirectUris));
        synchronized (world) {
            return world.register().add(app);
        }
    }

    /**
     * Registers a user.
     *
     * @throws IllegalArgumentException when the id or the username is taken or not one that X could give
     */
    public SimulatedUser addUser(String id, String username) {
        synchronized (world) {
            return world.register().add(new SimulatedUser(id, username));
        }
    }

    /**
     * Adds what a first try needs: the public app {@code demo-client} and the confidential {@code demo-confidential} with
     * secret {@code demo-secret}, both returning to {@code /auth/twitter/callback} on port 3001 of {@code 127.0.0.1} or
     * {@code localhost}, and the users 1001 {@code ada} and 1002 {@code grace}.
     */
    public void addDefaults() {
        String callback = "http://127.0.0.1:3001/auth/twitter/callback";
        String byName = "http://localhost:3001/auth/twitter/callback";
        addApp("demo-client", null, callback, byName);
        addApp("demo-confidential", "demo-secret", callback, byName);
        addUser("1001", "ada");
        addUser("1002", "grace");
    }

    /**
     * Makes a grant as if the user had consented. It kills the user's earlier grant to the same app.
     *
     * @param scopes none means {@code tweet.read tweet.write users.read offline.access}
     * @throws IllegalArgumentException when the app, the user or a scope is unknown
     */
    public IssuedPair issue(String clientId, String userId, String... scopes) {
        synchronized (world) {
            return world.issue(
                    world.register().requireApp(clientId), world.register().requireUser(userId), List.of(scopes));
        }
    }

    /**
     * Publishes a post as if {@code user} had written it on X; neither scopes nor X's policies are asked.
     *
     * @param user name or id
     * @throws IllegalArgumentException when the user is unknown
     */
    public LedgerPost addPost(String user, String text) {
        synchronized (world) {
            return world.seed(user, text, Optional.empty());
        }
    }

    /**
     * Publishes an answer to a post, as {@link #addPost} does.
     *
     * @param user name or id
     * @param replyTo the id of the post it answers
     * @throws IllegalArgumentException when the user is unknown, or the post is unknown or deleted
     */
    public LedgerPost addReply(String user, String text, String replyTo) {
        synchronized (world) {
            return world.seed(user, text, Optional.of(replyTo));
        }
    }

    /** Kills all grants of a user, as on X's page of connected apps. A user without grants is left as is. */
    public void revoke(String userId) {
        synchronized (world) {
            world.grants().revokeUser(userId);
        }
    }

    /**
     * Changes an app's secret, and with it its type.
     *
     * @param newSecret {@code null} makes it a public client
     * @throws IllegalArgumentException when the app is unknown
     */
    public void changeSecret(String clientId, @Nullable String newSecret) {
        synchronized (world) {
            world.register().changeSecret(clientId, secretOrNone(newSecret));
        }
    }

    /**
     * Turns the simulator's clock ahead. Stalls are in real time and do not notice.
     *
     * @throws IllegalArgumentException when {@code by} is negative
     */
    public void advance(Duration by) {
        world.clock().advance(by);
    }

    /** The simulator's time: real time, plus how far it was turned ahead. */
    public Instant now() {
        return world.clock().now();
    }

    /** Lets the next request to the fault's endpoint suffer it. Faults for the same endpoint strike in order. */
    public void queue(Fault fault) {
        world.faults().add(fault);
    }

    /**
     * Waits until at least {@code count} requests are held by {@link FaultKind#HOLD} or {@link FaultKind#HOLD_BEFORE}.
     *
     * @throws IllegalStateException when they are not within 30 seconds of real time, or the thread is interrupted
     */
    public void awaitHeld(int count) {
        try {
            if (!world.gate().awaitHeld(count, HOLD_PATIENCE)) {
                throw new IllegalStateException("fewer than " + count + " requests were held within " + HOLD_PATIENCE
                        + "; queue as many HOLD faults and send as many requests");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + count + " held requests", e);
        }
    }

    /** Lets every request that is held now go on; returns how many. Later ones are held until the next release. */
    public int release() {
        return world.gate().release();
    }

    /** Forgets the faults that have not struck yet. */
    public void dropFaults() {
        world.faults().clear();
    }

    /** One token as it stands now; empty when X never issued it. Costs the same however many tokens there are. */
    public Optional<LedgerToken> token(String value) {
        synchronized (world) {
            return world.grants().token(value);
        }
    }

    /** The request that spent a refresh token; empty when none did. Costs the same however many tokens there are. */
    public Optional<LedgerRequest> spending(String refreshToken) {
        synchronized (world) {
            OptionalInt request = world.grants().spentBy(refreshToken);
            return request.isPresent() ? Optional.of(world.journal().request(request.getAsInt())) : Optional.empty();
        }
    }

    /** The behaviours that can be switched. */
    public Switches switches() {
        return world.switches();
    }

    /** A consistent snapshot of all tokens, token requests, posts and uploads. */
    public Ledger ledger() {
        synchronized (world) {
            return world.ledger();
        }
    }

    /** Stops listening and drops every connection, held and stalled requests too. Closing again does nothing. */
    @Override
    public void close() {
        listener.close();
    }

    private static String secretOrNone(@Nullable String secret) {
        return Objects.requireNonNullElse(secret, "");
    }
}
