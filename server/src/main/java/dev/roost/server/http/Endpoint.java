package dev.roost.server.http;

import java.util.Optional;

/** Answers the requests of one route. */
@FunctionalInterface
public interface Endpoint {
    /**
     * Answers. Called on a virtual thread, and may block.
     *
     * @throws ProblemException to refuse; what the core throws is mapped by {@link Problems}
     */
    Reply answer(Call call);

    /**
     * Answers as {@link #answer} would, if it can without waiting for anything. Called on the thread that serves all
     * connections: whoever blocks it, blocks the server.
     *
     * @return empty, and nothing is done, when {@link #answer} has to be asked
     */
    default Optional<Reply> atOnce(Call call) {
        return Optional.empty();
    }
}
