package dev.roost.core.access;

import java.time.Instant;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Counts one row of the audit trail until it is written. Many threads may add; whoever takes gets each call once. */
final class Tally {
    private final LongAdder count = new LongAdder();
    private final LongAccumulator first = new LongAccumulator(Math::min, Long.MAX_VALUE);
    private final LongAccumulator last = new LongAccumulator(Math::max, Long.MIN_VALUE);

    /** Adds calls made between these two moments. */
    void add(long firstMillis, long lastMillis, long calls) {
        first.accumulate(firstMillis);
        last.accumulate(lastMillis);
        count.add(calls);
    }

    /** Takes what was counted, and leaves nothing. */
    long take() {
        return count.sumThenReset();
    }

    Instant first() {
        return Instant.ofEpochMilli(first.get());
    }

    Instant last() {
        return Instant.ofEpochMilli(last.get());
    }
}
