package dev.roost.proof.chaos;

import dev.roost.core.AccountId;
import dev.roost.core.XUser;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** An account, and whether its owner is just signing in again because its grant was lost. Safe for many threads. */
final class Person {
    /** How long a node may serve the token before, which it read a moment ago; what X says of that is no fault of Roost. */
    private static final long NEWS_TRAVELS_NANOS = TimeUnit.SECONDS.toNanos(6);

    private final AccountId id;
    private final XUser user;
    private volatile boolean away;
    private volatile long backAt = System.nanoTime() - NEWS_TRAVELS_NANOS;

    Person(AccountId id, XUser user) {
        this.id = id;
        this.user = user;
    }

    AccountId id() {
        return id;
    }

    XUser user() {
        return user;
    }

    void leaves() {
        away = true;
    }

    void isBack() {
        backAt = System.nanoTime();
        away = false;
    }

    /** How long ago its owner signed in for the last time, in whole milliseconds. */
    Duration back() {
        return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - backAt));
    }

    boolean isSigningIn() {
        return away || System.nanoTime() - backAt < NEWS_TRAVELS_NANOS;
    }
}
