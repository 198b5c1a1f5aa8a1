package dev.roost.mcp.catalog;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that an agent can do.
 *
 * @param name 1 to 128 letters, digits, {@code _ - .}; unique in its catalog
 * @param title for people
 * @param description for models: what it does, when to use it, what it costs, what its errors mean
 * @param hints how dangerous it is
 * @param icons may be empty
 * @param input the JSON Schema (2020-12) of its arguments, an object; see {@link Schema}
 * @param output the JSON Schema of {@link ToolResult#structured()}; empty if it gives only text
 * @param body does it
 */
public record Tool(
        String name,
        String title,
        String description,
        Hints hints,
        List<Icon> icons,
        ObjectNode input,
        Optional<ObjectNode> output,
        Body body) {

    /** @throws IllegalArgumentException if the name cannot be one */
    public Tool {
        if (!name.matches("[A-Za-z0-9_.-]{1,128}")) {
            throw new IllegalArgumentException("a tool cannot be named so; allowed: 1 to 128 letters, digits, _ - .");
        }
        icons = List.copyOf(icons);
    }

    /** A tool without icons. */
    public Tool(
            String name,
            String title,
            String description,
            Hints hints,
            ObjectNode input,
            Optional<ObjectNode> output,
            Body body) {
        this(name, title, description, hints, List.of(), input, output, body);
    }

    /**
     * What a client may know before it calls a tool.
     *
     * @param readOnly changes nothing
     * @param destructive may take something away; only of interest if it is not read-only
     * @param idempotent doing it twice is like doing it once
     * @param openWorld deals with the world outside
     */
    public record Hints(boolean readOnly, boolean destructive, boolean idempotent, boolean openWorld) {
        /** Reads from the world outside. */
        public static final Hints READS = new Hints(true, false, true, true);

        /** Adds something outside that was not there. */
        public static final Hints ADDS = new Hints(false, false, false, true);

        /** Sets something outside; once more changes nothing. */
        public static final Hints SETS = new Hints(false, false, true, true);

        /** Takes something away outside. */
        public static final Hints REMOVES = new Hints(false, true, true, true);
    }

    /** Does the work of a tool. */
    @FunctionalInterface
    public interface Body {
        /**
         * Does it. Runs on a virtual thread of its own, which is interrupted when the client cancels. A body that returned
         * {@link Ask} runs again from its beginning once the answers are there.
         *
         * @param arguments they match the tool's schema
         * @throws InterruptedException if the client cancelled; nothing more is sent then
         * @throws ScopeMissingException if the principal may not do this
         * @throws McpException if the request cannot be answered; anything else becomes an internal error without details
         */
        ToolOutcome call(ObjectNode arguments, Call call) throws InterruptedException;
    }
}
