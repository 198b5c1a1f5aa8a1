package dev.roost.server.http;

/** Answers the requests of one route. Called on a virtual thread, and may block. */
@FunctionalInterface
public interface Endpoint {
    /**
     * Answers.
     *
     * @throws ProblemException to refuse; what the core throws is mapped by {@link Problems}
     */
    Reply answer(Call call);
}
