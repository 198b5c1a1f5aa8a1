package dev.roost.mcp.catalog;

/** A piece of what is shown to a model. */
public sealed interface Content {
    /** A text. */
    record Text(String text) implements Content {
        /** Without the content: it may hold secrets. */
        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }

    /**
     * A picture.
     *
     * @param data Base64
     * @param mimeType such as {@code image/png}
     */
    record Image(String data, String mimeType) implements Content {
        /** Without the content: it may hold secrets. */
        @Override
        public String toString() {
            return "Image[" + mimeType + "]";
        }
    }

    /**
     * A sound.
     *
     * @param data Base64
     * @param mimeType such as {@code audio/wav}
     */
    record Audio(String data, String mimeType) implements Content {
        /** Without the content: it may hold secrets. */
        @Override
        public String toString() {
            return "Audio[" + mimeType + "]";
        }
    }

    /** A resource that the client may read. */
    record Link(String uri, String name, String description, String mimeType) implements Content {}

    /** A resource, with its content. */
    record Embedded(ResourceContent resource) implements Content {}
}
