package dev.roost.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Writes times for people. */
final class Times {
    private Times() {}

    /** Such as {@code 2026-11-22T03:15:00Z}. */
    static String exact(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Such as {@code in 1 h 52 min} or {@code 3 min ago}. */
    static String seen(Instant time, Instant now) {
        Duration left = Duration.between(now, time);
        return left.isNegative() ? span(left.negated()) + " ago" : "in " + span(left);
    }

    /** The two largest units of a duration. */
    static String span(Duration duration) {
        long days = duration.toDays();
        if (days > 0) {
            return days + " d " + duration.toHoursPart() + " h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }
}
