package dev.roost.mcp.protocol;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Logs the server's own faults without their messages, which may repeat what was sent. */
final class Failures {
    private static final int FRAMES = 12;

    private Failures() {}

    static void log(System.Logger log, String what, Throwable fault) {
        String frames = Arrays.stream(fault.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
        log.log(
                System.Logger.Level.ERROR,
                "{0} failed: {1} at {2}",
                what,
                fault.getClass().getName(),
                frames);
    }
}
