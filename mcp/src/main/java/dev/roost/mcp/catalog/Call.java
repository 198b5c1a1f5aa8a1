package dev.roost.mcp.catalog;

import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/** One request of a client, as the body that answers it sees it. Safe for many threads. */
public interface Call {
    /** Returns who calls. */
    Principal principal();

    /** Returns what the client said of itself. */
    Client client();

    /**
     * Returns what a thing begun in this call may be bound to: the session, where the client has one, else the principal. Tells
     * nothing, and is not to be shown.
     */
    String binding();

    /** Returns the answer to a question of an earlier {@link Ask}; empty if there is none (yet). */
    Optional<JsonNode> answer(String question);

    /** Returns the state of the last {@link Ask}. */
    Optional<JsonNode> state();

    /** Tells how far it is, if the client wants to know. Must grow with each call. */
    void progress(double progress, OptionalDouble total, String message);

    /** Sends a log message, if the client wants messages of this level. Never with a secret. */
    void log(LogLevel level, String logger, JsonNode data);

    /** Tells whether the client cancelled; the thread is interrupted too. */
    boolean isCancelled();
}
