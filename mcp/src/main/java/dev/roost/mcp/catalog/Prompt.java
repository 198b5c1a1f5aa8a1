package dev.roost.mcp.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A text that a person can begin with.
 *
 * @param name unique in its catalog
 * @param title for people
 * @param description for people
 * @param arguments what it wants to know
 * @param body writes it
 */
public record Prompt(String name, String title, String description, List<Argument> arguments, Body body) {
    /** Copies the list. */
    public Prompt {
        arguments = List.copyOf(arguments);
    }

    /**
     * What a prompt wants to know.
     *
     * @param name unique in its prompt
     * @param description for people
     * @param required whether it must be there
     * @param completer proposes values
     */
    public record Argument(String name, String description, boolean required, Optional<Completer> completer) {}

    /** Writes a prompt. */
    @FunctionalInterface
    public interface Body {
        /** Writes it; see {@link Tool.Body#call} for threads and errors. All required arguments are there. */
        PromptOutcome write(Map<String, String> arguments, Call call) throws InterruptedException;
    }
}
