package dev.roost.server.dashboard.frame;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A time as pages show it: how long ago, or in how long, and the exact time for who wants it. The page's script counts on.
 *
 * @param at the time
 * @param now the time of day
 */
public record When(Instant at, Instant now) {
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** Returns it for programs. */
    public String iso() {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Returns it to the second, for people. */
    public String exact() {
        return EXACT.format(at);
    }

    /** Returns hour and minute. */
    public String clock() {
        return CLOCK.format(at);
    }

    /** Returns how far it is away, in one or two units. */
    public String relative() {
        Duration away = Duration.between(now, at).abs();
        if (away.toSeconds() < 5) {
            return "now";
        }
        return at.isBefore(now) ? length(away) + " ago" : "in " + length(away);
    }

    /** Returns a length of time in one or two units. */
    public static String length(Duration length) {
        long seconds = length.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min";
        }
        long big = seconds < 86_400 ? 3600 : 86_400;
        long small = seconds < 86_400 ? 60 : 3600;
        String rest = seconds % big / small == 0 || seconds / big >= 10
                ? ""
                : " " + seconds % big / small + (big == 3600 ? " min" : " h");
        return seconds / big + (big == 3600 ? " h" : " d") + rest;
    }
}
