package dev.roost.mcp.catalog;

import java.net.URI;
import tools.jackson.databind.node.ObjectNode;

/** A question to the client. Its answer is the JSON that the protocol gives for it ({@code {"action":"accept",…}} and so on). */
public sealed interface Question {
    /**
     * Asks the person to fill a form. Never for secrets: these go by {@link Url}.
     *
     * @param schema the JSON Schema of a flat object
     */
    record Form(String message, ObjectNode schema) implements Question {}

    /** Asks the person to open a page; what they do there does not pass through the client. */
    record Url(String message, URI url) implements Question {}

    /** Asks the client's model. */
    record Sample(ObjectNode parameters) implements Question {}

    /** Asks for the client's root folders. */
    record Roots() implements Question {}
}
