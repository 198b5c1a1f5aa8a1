package dev.roost.mcp.catalog;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Who the server is.
 *
 * @param name for programs
 * @param title for people
 * @param version of the software
 * @param description one sentence
 * @param website where to read more
 * @param icons may be empty
 * @param instructions for models: how to use this server
 */
public record ServerInfo(
        String name,
        String title,
        String version,
        String description,
        Optional<URI> website,
        List<Icon> icons,
        String instructions) {
    /** Copies the list. */
    public ServerInfo {
        icons = List.copyOf(icons);
    }
}
