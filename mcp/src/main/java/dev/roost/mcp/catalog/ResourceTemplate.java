package dev.roost.mcp.catalog;

import java.util.Map;

/**
 * Many resources of one kind.
 *
 * @param uriTemplate such as {@code test://things/{id}/data}: a {@code {name}} stands for one segment without a slash (RFC 6570
 *     level 1)
 * @param name for programs
 * @param title for people
 * @param description for models
 * @param mimeType of their content
 * @param completers of its values, by name
 * @param body reads one
 */
public record ResourceTemplate(
        String uriTemplate,
        String name,
        String title,
        String description,
        String mimeType,
        Map<String, Completer> completers,
        Body body) {
    /** Copies the map. */
    public ResourceTemplate {
        completers = Map.copyOf(completers);
    }

    /** Reads one of the resources. */
    @FunctionalInterface
    public interface Body {
        /**
         * Reads it; see {@link Tool.Body#call} for threads and errors.
         *
         * @param uri as it was asked for
         * @param values what the names of the template stand for, decoded
         * @throws ResourceNotFoundException if there is none
         */
        ResourceOutcome read(String uri, Map<String, String> values, Call call) throws InterruptedException;
    }
}
