package dev.roost.server.session;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The sessions of browsers. They live in cookies that only Roost can read, so every process with the same key knows them, and
 * none keeps them. A session ends 12 hours after its last use, 7 days after its sign-in, and with its API key, which is for
 * the caller to look up. Safe for many threads.
 */
public final class Sessions {
    /** How long a session lasts without use. */
    public static final Duration IDLE = Duration.ofHours(12);

    /** How long a session lasts at most. */
    public static final Duration LONGEST = Duration.ofDays(7);

    /** A cookie is not sealed anew more often than this. */
    private static final Duration STEP = Duration.ofMinutes(10);
    /** Clocks of two processes may differ by this much. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final SessionSeal seal;
    private final InstantSource clock;
    private final Cookie cookie;

    /**
     * Keeps sessions under this name.
     *
     * @param key 32 bytes, the same in all processes that share sessions
     * @param identity of the store, hexadecimal: two Roosts on one host must not overwrite each other's cookies, and cookies
     *     know no ports
     * @param isPublicSecure whether people reach this Roost by https
     */
    public Sessions(byte[] key, SecureRandom random, InstantSource clock, String identity, boolean isPublicSecure) {
        this.seal = new SessionSeal(key, random);
        this.clock = clock;
        this.cookie = new Cookie("roost-" + identity.substring(0, Math.min(8, identity.length())), isPublicSecure);
    }

    /**
     * A session that a browser has.
     *
     * @param isSecure whether its cookie travels by https alone
     */
    public record Found(Session session, boolean isSecure) {}

    /** Begins a session of a key that has just proved itself. */
    public Session begin(String keyId) {
        Instant now = now();
        return new Session(keyId, now, now, seal.newCsrf());
    }

    /**
     * Returns the session that a request's cookies hold.
     *
     * @param cookies the values of its headers {@code Cookie}
     * @return empty when there is none, or it was changed, sealed with another key, or is over
     */
    public Optional<Found> find(List<String> cookies) {
        return cookie.read(cookies)
                .flatMap(read -> seal.open(read.value()).map(session -> new Found(session, read.isSecure())))
                .filter(found -> isAlive(found.session()));
    }

    /** Tells whether the session is not over yet. Says nothing of its key. */
    public boolean isAlive(Session session) {
        Instant now = now();
        return !session.usedAt().isAfter(now.plus(SKEW))
                && now.isBefore(session.usedAt().plus(IDLE))
                && now.isBefore(session.since().plus(LONGEST));
    }

    /** Tells whether the session was used so long after it was sealed that it is to be sealed anew. */
    public boolean isDue(Session session) {
        return !now().isBefore(session.usedAt().plus(STEP));
    }

    /**
     * Returns the header {@code Set-Cookie} that keeps the session, used now.
     *
     * @param isSecure whether the browser came by https
     */
    public String keep(Session session, boolean isSecure) {
        return cookie.set(seal.seal(session.used(now())), IDLE, isSecure);
    }

    /** Returns the header {@code Set-Cookie} that ends the session in this browser. */
    public String end(boolean isSecure) {
        return cookie.set("", Duration.ZERO, isSecure);
    }

    /** Tells whether cookies are for https alone. */
    public boolean isSecureAlone() {
        return cookie.isPublicSecure();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
