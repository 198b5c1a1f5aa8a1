package dev.roost.server.dashboard.frame;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times for browsers without scripts; with them, pages count on from the exact time by themselves. */
public final class When {
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private When() {}

    /** Writes a time so that it means the same everywhere. */
    public static String exact(Instant time) {
        return EXACT.format(time);
    }
}
