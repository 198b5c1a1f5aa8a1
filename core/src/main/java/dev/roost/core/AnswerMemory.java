package dev.roost.core;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a process remembers of the calls of {@link CallerRefreshes}, for callers who did not hear the answer. Pairs are sealed
 * so that only who makes the same call again opens them. Bounded; the oldest go first. Safe for many threads.
 */
final class AnswerMemory {
    private static final System.Logger LOG = System.getLogger(AnswerMemory.class.getName());
    private static final int MOST = 10_000;
    private static final Duration LOSSES_KEPT_FOR = Duration.ofHours(1);

    private final AnswerSeal seal;
    private final World world;
    private final Shelf<byte[]> pairs;
    private final Shelf<Instant> losses;

    AnswerMemory(AnswerSeal seal, Duration window, World world) {
        this.seal = seal;
        this.world = world;
        this.pairs = new Shelf<>(window);
        this.losses = new Shelf<>(LOSSES_KEPT_FOR);
    }

    /** Keeps the answer to a call; does nothing if the window is zero. Never throws: the caller is to get its pair. */
    void keep(AnswerSeal.Call call, CallerAnswer.Rotated answer) {
        losses.remove(call.fingerprint());
        if (pairs.keptFor.isZero()) {
            return;
        }
        try {
            pairs.put(call.fingerprint(), seal.close(call, answer));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "an answer of X could not be kept for a repeated call", e);
        }
    }

    /** Returns the answer to the same call, if it was made within the window. */
    Optional<CallerAnswer.Rotated> recall(AnswerSeal.Call call) {
        return pairs.get(call.fingerprint()).map(closed -> seal.open(call, closed));
    }

    /** Notes that the answer to a call is missing, and returns when the first of these was sent. */
    Instant lost(AnswerSeal.Call call, Instant sentAt) {
        Optional<Instant> before = losses.get(call.fingerprint());
        if (before.isEmpty()) {
            losses.put(call.fingerprint(), sentAt);
        }
        return before.orElse(sentAt);
    }

    /** Returns when the same call was sent whose answer is missing. */
    Optional<Instant> lostAt(AnswerSeal.Call call) {
        return losses.get(call.fingerprint());
    }

    /** Returns how many answers are kept. */
    int size() {
        return pairs.size();
    }

    private record Entry<T>(T value, long since) {}

    /** Things in the order in which they came, which is the order in which they go. */
    private final class Shelf<T> {
        private final Duration keptFor;
        private final Map<String, Entry<T>> entries = new LinkedHashMap<>();

        Shelf(Duration keptFor) {
            this.keptFor = keptFor;
        }

        synchronized void put(String key, T value) {
            entries.remove(key);
            entries.put(key, new Entry<>(value, world.nanoTime().getAsLong()));
            clear();
        }

        synchronized Optional<T> get(String key) {
            clear();
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }

        synchronized void remove(String key) {
            entries.remove(key);
        }

        synchronized int size() {
            clear();
            return entries.size();
        }

        private void clear() {
            var oldest = entries.values().iterator();
            while (oldest.hasNext()) {
                boolean expired = world.since(oldest.next().since).compareTo(keptFor) >= 0;
                if (!expired && entries.size() <= MOST) {
                    return;
                }
                oldest.remove();
            }
        }
    }
}
