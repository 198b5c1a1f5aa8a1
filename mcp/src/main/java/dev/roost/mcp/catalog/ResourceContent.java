package dev.roost.mcp.catalog;

/** What a resource holds. */
public sealed interface ResourceContent {
    /** Returns where it was read. */
    String uri();

    /** Returns its media type. */
    String mimeType();

    /** A text. */
    record Text(String uri, String mimeType, String text) implements ResourceContent {
        /** Without the content: it may hold secrets. */
        @Override
        public String toString() {
            return "Text[" + mimeType + ", " + text.length() + " characters]";
        }
    }

    /** Bytes, as Base64. */
    record Blob(String uri, String mimeType, String base64) implements ResourceContent {
        /** Without the content: it may hold secrets. */
        @Override
        public String toString() {
            return "Blob[" + mimeType + "]";
        }
    }
}
