package dev.roost.mcp.protocol;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Logs the server's own faults without their messages, which may repeat what was sent. */
final class Failures {
    private static final int FRAMES = 12;

    private Failures() {}

    /**
     * Logs one. The logger is looked for only now: finding the first takes longer than an agent should wait for its tools.
     *
     * @param where the name of the logger
     * @param what failed
     */
    static void log(Class<?> where, String what, Throwable fault) {
        String frames = Arrays.stream(fault.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
        System.getLogger(where.getName())
                .log(
                        System.Logger.Level.ERROR,
                        "{0} failed: {1} at {2}",
                        what,
                        fault.getClass().getName(),
                        frames);
    }
}
