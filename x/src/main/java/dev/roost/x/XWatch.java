package dev.roost.x;

import java.time.Duration;

/**
 * Hears of every request to X, once, when its answer has come or will not: for metrics. It is called between X's answer
 * and the engine, so it must take microseconds only. What it throws is dropped.
 */
@FunctionalInterface
public interface XWatch {
    /** Hears nothing. */
    XWatch NONE = (route, status, took) -> {};

    /** What stands for a status when the request did not leave. */
    String NOT_SENT = "not_sent";

    /** What stands for a status when X may have acted and no whole answer came. */
    String UNKNOWN = "unknown";

    /**
     * Hears of one.
     *
     * @param route method and path template, or {@code other}: one of few words, without ids ({@link XRoutes})
     * @param status X's HTTP status, {@link #NOT_SENT} or {@link #UNKNOWN}
     * @param took from the request to the whole answer, or to its head when the body is passed on, or to the failure
     */
    void asked(String route, String status, Duration took);
}
