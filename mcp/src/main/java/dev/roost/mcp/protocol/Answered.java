package dev.roost.mcp.protocol;

import dev.roost.mcp.catalog.Ask;
import tools.jackson.databind.node.ObjectNode;

/** What a method that may ask back came to. */
sealed interface Answered {
    /** Its result, as both eras write it. */
    record Result(ObjectNode json) implements Answered {}

    /** A question first. */
    record Asking(Ask ask) implements Answered {}
}
