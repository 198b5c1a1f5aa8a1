package dev.roost.server.http;

import java.time.Duration;
import java.util.Optional;

/** Hears of every request, for metrics and traces. Must be quick, and throw nothing. */
@FunctionalInterface
public interface RequestWatch {
    /** Hears nothing. */
    RequestWatch NONE = (operation, status, took) -> {};

    /**
     * Hears of one that was answered.
     *
     * @param operation of the route, or {@code none} where there was no such route: one of few words
     * @param status of HTTP
     * @param took from the end of its headers to the beginning of the answer
     */
    void answered(String operation, int status, Duration took);

    /**
     * Hears that one begins, on the thread that works on it.
     *
     * @param method of HTTP, as the client wrote it
     * @param traceparent the header of this name (W3C Trace Context), unchecked
     * @return what hears of its answer; it is closed on the same thread, when all is written
     */
    default Course begins(String method, Optional<String> traceparent) {
        return Course.UNHEARD;
    }

    /** Returns a task for another thread that belongs to the request whose thread calls this. */
    default Runnable carrying(Runnable task) {
        return task;
    }

    /** One request under way. */
    interface Course extends AutoCloseable {
        /** Hears nothing. */
        Course UNHEARD = (operation, status) -> {};

        /** Hears of its answer, as {@link RequestWatch#answered} does. */
        void answered(String operation, int status);

        @Override
        default void close() {}
    }
}
