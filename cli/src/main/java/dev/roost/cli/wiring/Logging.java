package dev.roost.cli.wiring;

import ch.qos.logback.classic.LoggerContext;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Logs one line per event to standard error, for standard output is for results. Logback itself is started by the first logger
 * that anybody asks for ({@link LoggingStart}): that takes longer than an agent should wait.
 */
public final class Logging {
    private static LoggingWish wish = new LoggingWish(System.err, "WARN", LogFormat.TEXT);
    private static Optional<LoggerContext> started = Optional.empty();

    private Logging() {}

    /** Like {@link #to(PrintStream, String, LogFormat)}, as text. */
    public static void to(PrintStream out, String level) {
        to(out, level, LogFormat.TEXT);
    }

    /**
     * Sends the logs of Roost there from now on, and of the libraries only warnings. In text, stack traces are for DEBUG.
     *
     * @param level DEBUG, INFO, WARN, ERROR, or OFF for no line of Roost's own
     */
    public static synchronized void to(PrintStream out, String level, LogFormat format) {
        wish = new LoggingWish(out, level, format);
        started.ifPresent(wish::fulfil);
    }

    static synchronized void start(LoggerContext context) {
        started = Optional.of(context);
        wish.fulfil(context);
    }
}
