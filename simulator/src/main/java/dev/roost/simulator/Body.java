package dev.roost.simulator;

import java.nio.charset.StandardCharsets;

/** The bytes of a request. Nobody changes them. */
final class Body {

    private final byte[] bytes;

    private Body(byte[] bytes) {
        this.bytes = bytes;
    }

    static Body of(byte[] bytes) {
        return new Body(bytes);
    }

    /** As they came. */
    byte[] bytes() {
        return bytes;
    }

    /** Read as UTF-8. */
    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
