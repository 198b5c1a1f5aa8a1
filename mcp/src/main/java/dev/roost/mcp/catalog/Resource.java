package dev.roost.mcp.catalog;

/**
 * Something that an agent can read.
 *
 * @param uri unique in its catalog
 * @param name for programs
 * @param title for people
 * @param description for models
 * @param mimeType of its content
 * @param body reads it
 */
public record Resource(String uri, String name, String title, String description, String mimeType, Body body) {
    /** Reads a resource. */
    @FunctionalInterface
    public interface Body {
        /** Reads it; see {@link Tool.Body#call} for threads and errors. */
        ResourceOutcome read(Call call) throws InterruptedException;
    }
}
