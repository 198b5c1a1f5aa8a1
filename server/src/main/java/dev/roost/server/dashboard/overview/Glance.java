package dev.roost.server.dashboard.overview;

import dev.roost.core.overview.AccountSearch;
import dev.roost.core.overview.RefreshHistory;
import dev.roost.core.overview.RefreshHistory.Counts;
import dev.roost.server.telemetry.Lately;
import dev.roost.server.telemetry.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What the overview shows, read beside the requests: a request costs the same with few accounts and with very many. Safe for many
 * threads.
 */
public final class Glance {
    /** How far the charts look back. */
    static final Duration DAY = Duration.ofHours(24);
    /** How far the budget of losses looks back. */
    static final Duration MONTH = Duration.ofDays(28);
    /** The steps of the timeline. */
    static final Duration STEP = Duration.ofMinutes(5);

    static final int STEPS = 24;

    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Standing standing;
    private final Lately<List<Counts>> day;
    private final Lately<Losses> month;
    private final Lately<Upcoming> upcoming;

    /**
     * Looks at the accounts of this app.
     *
     * @param executor runs what may block
     */
    public Glance(
            String clientId,
            Standing standing,
            RefreshHistory history,
            AccountSearch search,
            InstantSource clock,
            Executor executor) {
        this.standing = standing;
        this.day = new Lately<>(
                () -> read(history, clientId, clock.instant(), DAY), Duration.ofSeconds(5), clock, executor);
        this.month = new Lately<>(
                () -> Losses.of(read(history, clientId, clock.instant(), MONTH)),
                Duration.ofSeconds(15),
                clock,
                executor);
        this.upcoming = new Lately<>(
                () -> {
                    Instant now = clock.instant();
                    return new Upcoming(now, search.upcoming(clientId, now, STEP, STEPS));
                },
                Duration.ofSeconds(10),
                clock,
                executor);
    }

    /**
     * What is due to be refreshed.
     *
     * @param from when the first step begins
     * @param counts one a step; the first also has what is overdue
     */
    record Upcoming(Instant from, List<Long> counts) {
        Upcoming {
            counts = List.copyOf(counts);
        }
    }

    /** Reads what is due, all at once; a store that hangs is waited for a second or two at most. */
    void look() {
        day.prompt();
        month.prompt();
        upcoming.prompt();
        standing.refresh();
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (Lately<?> one : List.of(day, month, upcoming)) {
            var _ = one.get(Duration.ofNanos(end - System.nanoTime()));
        }
    }

    Standing standing() {
        return standing;
    }

    Optional<List<Counts>> day() {
        return day.last();
    }

    Optional<Losses> month() {
        return month.last();
    }

    Optional<Upcoming> upcoming() {
        return upcoming.last();
    }

    /** The grid of steps is older than what is asked for by up to one step, so that none is cut. */
    private static List<Counts> read(RefreshHistory history, String clientId, Instant now, Duration back) {
        return history.read(clientId, now.minus(back), now.plus(RefreshHistory.STEP));
    }
}
