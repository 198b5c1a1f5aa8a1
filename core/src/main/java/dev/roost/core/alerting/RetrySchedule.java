package dev.roost.core.alerting;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** When a delivery that did not arrive is tried again: ten attempts in about three days. */
public final class RetrySchedule {
    /** The pauses after the first attempt, the second, and so on; up to a tenth is added. */
    public static final List<Duration> PAUSES = Stream.of(
                    "PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H")
            .map(Duration::parse)
            .toList();

    private static final Duration LONGEST_WISH = Duration.ofHours(24);

    private RetrySchedule() {}

    /**
     * Returns the pause after an attempt; empty after the last.
     *
     * @param attempt 1 for the first
     * @param wish how long the receiver asked to be left alone; counts up to a day
     */
    public static Optional<Duration> after(int attempt, Optional<Duration> wish, RandomGenerator random) {
        if (attempt > PAUSES.size()) {
            return Optional.empty();
        }
        long millis = PAUSES.get(attempt - 1).toMillis();
        Duration usual = Duration.ofMillis(millis + random.nextLong(millis / 10 + 1));
        Duration asked = wish.map(wait -> wait.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wait)
                .orElse(Duration.ZERO);
        return Optional.of(asked.compareTo(usual) > 0 ? asked : usual);
    }
}
