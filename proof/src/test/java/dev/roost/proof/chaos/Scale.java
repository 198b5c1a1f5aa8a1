package dev.roost.proof.chaos;

import dev.roost.core.RefreshPolicy;
import java.time.Duration;

/**
 * How the world is shrunk so that minutes prove something: tokens live a minute instead of two hours, and all else in
 * proportion as far as a busy machine allows. {@code roost serve} has no settings for this, on purpose.
 */
final class Scale {
    static final String CLIENT_ID = "chaos-app";
    static final String CLIENT_SECRET = "chaos-client-secret-canary-4Kp";
    static final Duration TOKEN_LIFE = Duration.ofSeconds(60);
    static final Duration CONNECT = Duration.ofSeconds(2);
    /** A busy machine may hold an answer up for long, and a shorter deadline would itself make lost answers. */
    static final Duration ANSWER = Duration.ofSeconds(5);

    /** How long X takes to answer; about what the real one does. */
    static final Duration X_TAKES = Duration.ofMillis(150);

    /** How long X's rate limits last here. */
    static final Duration X_LIMITS_FOR = Duration.ofSeconds(2);

    static final Duration LEASE = Duration.ofSeconds(10);
    static final int NODES = 3;
    static final int ACCOUNTS = 400;
    /** Stays under what the refresh ahead leaves; at full scale that is some minutes. */
    static final int CLOCK_JUMP_MILLIS = 10_000;

    private Scale() {}

    static RefreshPolicy policy() {
        return new RefreshPolicy(
                Duration.ofSeconds(35),
                Duration.ofSeconds(25),
                Duration.ofSeconds(3),
                CONNECT,
                ANSWER,
                LEASE,
                Duration.ofSeconds(3),
                Duration.ofMillis(200),
                Duration.ofSeconds(3),
                Duration.ofMillis(20),
                64);
    }
}
