package dev.roost.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Counts calls per window, on the simulator's clock. Guarded by the lock of {@link World}. */
final class RateLimits {

    /** X's usual window. */
    static final Duration QUARTER_HOUR = Duration.ofMinutes(15);

    private final SimulatedClock clock;
    private final Map<String, Window> windows = new HashMap<>();

    RateLimits(SimulatedClock clock) {
        this.clock = clock;
    }

    /** Counts one call of {@code who}; a window opens with its first call. */
    Quota count(String who, int limit, Duration length) {
        Instant now = clock.now();
        Window window = windows.compute(
                who,
                (key, open) -> open == null || !now.isBefore(open.reset())
                        ? new Window(1, now.plus(length))
                        : new Window(open.used() + 1, open.reset()));
        return new Quota(limit, limit - window.used(), window.reset());
    }

    /** What a caller that X does not know is told: a fresh window. */
    Quota fresh(int limit) {
        return new Quota(limit, limit - 1, clock.now().plus(QUARTER_HOUR));
    }

    private record Window(int used, Instant reset) {}

    /**
     * Where a caller stands.
     *
     * @param limit calls per window
     * @param left calls left; negative when there were too many
     * @param reset end of the window
     */
    record Quota(int limit, int left, Instant reset) {

        boolean isExceeded() {
            return left < 0;
        }

        /** The answer with this quota in its headers, named {@code prefix-limit} and so on. */
        Answer on(Answer answer, String prefix) {
            return answer.with(prefix + "-limit", Integer.toString(limit))
                    .with(prefix + "-remaining", Integer.toString(Math.max(0, left)))
                    .with(prefix + "-reset", Long.toString(reset.getEpochSecond()));
        }
    }
}
