package dev.roost.mcp.catalog;

import java.util.List;

/** What reading a resource returns: its contents, or a question to be answered first. */
public sealed interface ResourceOutcome permits ResourceOutcome.Contents, Ask {
    /** Contents. */
    record Contents(List<ResourceContent> all) implements ResourceOutcome {
        /** Copies the list. */
        public Contents {
            all = List.copyOf(all);
        }
    }

    /** A single text. */
    static Contents text(String uri, String mimeType, String text) {
        return new Contents(List.of(new ResourceContent.Text(uri, mimeType, text)));
    }
}
