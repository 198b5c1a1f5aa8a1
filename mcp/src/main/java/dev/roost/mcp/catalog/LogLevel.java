package dev.roost.mcp.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How grave a log message is (RFC 5424 section 6.2.1), from the least. */
public enum LogLevel {
    /** Details. */
    DEBUG,
    /** Something happened. */
    INFO,
    /** Something of note happened. */
    NOTICE,
    /** Something may go wrong. */
    WARNING,
    /** Something went wrong. */
    ERROR,
    /** Much went wrong. */
    CRITICAL,
    /** Somebody has to act now. */
    ALERT,
    /** Nothing works. */
    EMERGENCY;

    /** Returns its name in the protocol. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the level of this name. */
    public static Optional<LogLevel> of(String text) {
        return Arrays.stream(values())
                .filter(level -> level.text().equals(text))
                .findFirst();
    }
}
