package dev.roost.core;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.random.RandomGenerator;

/**
 * How long each of many things rests after it failed: twice as long after each failure in a row, with up to a fifth of
 * jitter. Measured by a clock that never jumps. Safe for many threads.
 */
final class Backoffs<K> {
    private final ConcurrentMap<K, Rest> rests = new ConcurrentHashMap<>();
    private final Duration first;
    private final Duration longest;
    private final World world;

    Backoffs(Duration first, Duration longest, World world) {
        this.first = first;
        this.longest = longest;
        this.world = world;
    }

    private record Rest(int failures, long since, Duration length) {}

    /** Notes a failure and returns how long the key rests now, at least the given time. */
    Duration fail(K key, Duration atLeast) {
        return rests.compute(key, (k, known) -> after(known == null ? 0 : known.failures, atLeast)).length;
    }

    /** Returns how long the key still rests; zero if it does not. */
    Duration left(K key) {
        Rest rest = rests.get(key);
        if (rest == null) {
            return Duration.ZERO;
        }
        Duration left = rest.length.minus(world.since(rest.since));
        return left.isPositive() ? left : Duration.ZERO;
    }

    /** Tells whether the key rests. */
    boolean holds(K key) {
        return !left(key).isZero();
    }

    /** Forgets the key's failures. */
    void clear(K key) {
        rests.remove(key);
    }

    /** Returns how many keys have failed and not been cleared. */
    int size() {
        return rests.size();
    }

    private Rest after(int failures, Duration atLeast) {
        Duration length = doubled(first, failures, longest, world.random());
        Duration chosen = length.compareTo(atLeast) < 0 ? atLeast : length;
        return new Rest(failures + 1, world.nanoTime().getAsLong(), chosen);
    }

    /** Returns a duration doubled so many times, but not over the longest, and up to a fifth more. */
    static Duration doubled(Duration first, int times, Duration longest, RandomGenerator random) {
        Duration grown = first.multipliedBy(1L << Math.min(times, 16));
        long millis = (grown.compareTo(longest) < 0 ? grown : longest).toMillis();
        return Duration.ofMillis(millis + random.nextLong(millis / 5 + 1));
    }
}
