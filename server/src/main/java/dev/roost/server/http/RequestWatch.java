package dev.roost.server.http;

import java.time.Duration;

/** Hears of every request that was answered, for metrics. Must be quick, and throw nothing. */
@FunctionalInterface
public interface RequestWatch {
    /** Hears nothing. */
    RequestWatch NONE = (operation, status, took) -> {};

    /**
     * Hears of one.
     *
     * @param operation of the route, or {@code none} where there was no such route: one of few words
     * @param status of HTTP
     * @param took from the end of its headers to the beginning of the answer
     */
    void answered(String operation, int status, Duration took);
}
