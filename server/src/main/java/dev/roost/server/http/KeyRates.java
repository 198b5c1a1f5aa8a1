package dev.roost.server.http;

import dev.roost.core.access.ApiKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many requests a minute each API key may make: a bucket that holds a minute's worth and fills evenly. Counted in this
 * process alone. Safe for many threads.
 */
final class KeyRates {
    private static final double MINUTE = 60e9;

    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    KeyRates(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How full a bucket was when, and what the last request missed. */
    private record Bucket(double tokens, long at, double missing) {}

    /** Counts one request; returns how long to wait if it is one too many. Such a one takes nothing out. */
    Optional<Duration> take(ApiKey key) {
        int limit = key.requestsPerMinute();
        if (limit == 0) {
            return Optional.empty();
        }
        long now = nanoTime.getAsLong();
        double missing = buckets.compute(key.id(), (id, before) -> taken(before, limit, now))
                .missing();
        return missing == 0 ? Optional.empty() : Optional.of(Duration.ofNanos((long) (missing * MINUTE / limit)));
    }

    private static Bucket taken(@Nullable Bucket before, int limit, long now) {
        double full = before == null ? limit : Math.min(limit, before.tokens() + (now - before.at()) * limit / MINUTE);
        return full >= 1 ? new Bucket(full - 1, now, 0) : new Bucket(full, now, 1 - full);
    }
}
