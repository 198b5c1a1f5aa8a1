package dev.roost.server.guide.tools;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** A few values, kept for a while; when there are too many, the oldest goes. Safe for many threads. */
final class Remembered<V> {
    private final int most;
    private final long nanos;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry<V>> entries = new LinkedHashMap<>();

    Remembered(int most, Duration keep, LongSupplier nanoTime) {
        this.most = most;
        this.nanos = keep.toNanos();
        this.nanoTime = nanoTime;
    }

    private record Entry<V>(V value, long at) {}

    void put(String key, V value) {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            entries.remove(key);
            entries.put(key, new Entry<>(value, now));
            // All are kept equally long, so the first is the first to go.
            Iterator<Entry<V>> oldest = entries.values().iterator();
            while (now - oldest.next().at() >= nanos || entries.size() > most) {
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    Optional<V> get(String key) {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            return Optional.ofNullable(entries.get(key))
                    .filter(entry -> now - entry.at() < nanos)
                    .map(Entry::value);
        } finally {
            lock.unlock();
        }
    }
}
