package dev.roost.mcp.stdio;

import tools.jackson.databind.JsonNode;

/** Where the answer to a message goes. Safe for many threads. */
@FunctionalInterface
interface Answers {
    void answered(JsonNode answer);

    /** There will be none: the client cancelled. */
    default void cancelled() {}
}
