package dev.roost.mcp.catalog;

import java.net.URI;
import java.util.List;

/**
 * A picture beside a name.
 *
 * @param source an https or data address
 * @param mimeType such as {@code image/svg+xml}
 * @param sizes such as {@code 48x48} or {@code any}
 */
public record Icon(URI source, String mimeType, List<String> sizes) {
    /** Copies the list. */
    public Icon {
        sizes = List.copyOf(sizes);
    }
}
