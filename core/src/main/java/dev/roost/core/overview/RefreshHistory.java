package dev.roost.core.overview;

import dev.roost.core.EngineEvent.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How the refreshes of kept accounts went, counted over steps of time by all processes on one store. Every method throws
 * {@link dev.roost.core.StoreUnavailableException} when the store cannot answer. Safe for many threads and processes.
 */
public interface RefreshHistory {
    /** The length of a step, and the grid it stands on (since 1970). */
    Duration STEP = Duration.ofMinutes(5);

    /** How long a step is kept; the dashboard looks back 28 days. */
    Duration KEPT = Duration.ofDays(35);

    /** Upper bounds of the classes of duration in milliseconds; one class more has what took longer. */
    List<Long> BOUNDS = List.of(50L, 100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 12_800L, 30_000L);

    /** Adds to what is counted. Repeating a call counts twice. */
    void add(String clientId, Counts counts);

    /** Returns the sums of all processes from one time to before another, a step each where anything happened, in order. */
    List<Counts> read(String clientId, Instant from, Instant to);

    /** Forgets steps that began before this time. Returns how many rows that were. */
    int forget(Instant before);

    /**
     * One step.
     *
     * @param start on the grid of {@link #STEP}
     * @param outcomes how many refreshes ended how
     * @param lost how many grants were lost because an answer was (grants that a person revoked are not among them)
     * @param durations how many took how long, by {@link #BOUNDS}, one class more than bounds
     */
    record Counts(Instant start, Map<Outcome, Long> outcomes, long lost, List<Long> durations) {
        /** Copies map and list. */
        public Counts {
            outcomes = Map.copyOf(outcomes);
            durations = List.copyOf(durations);
        }
    }
}
