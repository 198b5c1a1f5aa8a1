package dev.roost.server.dashboard.overview;

import dev.roost.core.EngineEvent.Outcome;
import dev.roost.core.overview.RefreshHistory;
import dev.roost.core.overview.RefreshHistory.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The last 24 hours in spans of half an hour, from the oldest on. */
record History(List<Span> spans) {
    static final Duration SPAN = Duration.ofMinutes(30);
    private static final int SPANS = 48;
    private static final int CLASSES = RefreshHistory.BOUNDS.size() + 1;
    /** Nothing is known of what took longer than the last bound, but that it took longer. */
    private static final double LONGEST = RefreshHistory.BOUNDS.getLast();

    History {
        spans = List.copyOf(spans);
    }

    /** What happened from one time on for half an hour. */
    record Span(Instant from, long rotated, long ended, List<Long> durations) {
        Span {
            durations = List.copyOf(durations);
        }

        long failed() {
            return ended - rotated;
        }

        /** Returns the duration in milliseconds that this share of refreshes kept below, as well as the classes tell. */
        double quantile(double share) {
            return History.quantile(durations, share);
        }
    }

    static History of(List<Counts> steps, Instant now) {
        long span = SPAN.toMillis();
        long end = Math.floorDiv(now.toEpochMilli(), span) * span + span;
        List<Span> spans = new ArrayList<>();
        for (int i = SPANS; i > 0; i--) {
            Instant from = Instant.ofEpochMilli(end - i * span);
            spans.add(sum(steps, from, from.plus(SPAN)));
        }
        return new History(spans);
    }

    long rotated() {
        return spans.stream().mapToLong(Span::rotated).sum();
    }

    long ended() {
        return spans.stream().mapToLong(Span::ended).sum();
    }

    double quantile(double share) {
        long[] all = new long[CLASSES];
        for (Span span : spans) {
            for (int i = 0; i < CLASSES; i++) {
                all[i] += span.durations().get(i);
            }
        }
        return quantile(listed(all), share);
    }

    private static List<Long> listed(long[] counts) {
        return Arrays.stream(counts).boxed().toList();
    }

    private static Span sum(List<Counts> steps, Instant from, Instant to) {
        long rotated = 0;
        long ended = 0;
        long[] durations = new long[CLASSES];
        for (Counts step : steps) {
            if (!step.start().isBefore(from) && step.start().isBefore(to)) {
                rotated += step.outcomes().getOrDefault(Outcome.ROTATED, 0L);
                ended += step.outcomes().values().stream().mapToLong(n -> n).sum();
                for (int i = 0; i < CLASSES; i++) {
                    durations[i] += step.durations().get(i);
                }
            }
        }
        return new Span(from, rotated, ended, listed(durations));
    }

    /** Within a class, durations are taken to be spread evenly. */
    private static double quantile(List<Long> classes, double share) {
        long all = classes.stream().mapToLong(count -> count).sum();
        double wanted = share * all;
        long below = 0;
        for (int i = 0; i < classes.size(); i++) {
            long count = classes.get(i);
            if (count > 0 && below + count >= wanted) {
                double from = i == 0 ? 0 : RefreshHistory.BOUNDS.get(i - 1);
                double to = i < classes.size() - 1 ? RefreshHistory.BOUNDS.get(i) : LONGEST;
                return from + (to - from) * (wanted - below) / count;
            }
            below += count;
        }
        return 0;
    }
}
