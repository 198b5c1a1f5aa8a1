package dev.roost.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Text that must never be seen: it prints as {@code ***} and is compared in constant time. The only way to read it is
 * {@link #expose()}, so a search for {@code expose(} finds every place that does.
 */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Wraps a secret, without the white space around it: secret stores like to add a line end (failure F11).
     *
     * @throws IllegalArgumentException if nothing but white space is left, or a control character is inside
     */
    public static Secret of(String value) {
        String trimmed = value.strip();
        if (trimmed.isEmpty()) {
            throw new IllegalArgumentException("a secret is empty; give one character or more");
        }
        if (hasControls(trimmed)) {
            throw new IllegalArgumentException("a secret has a control character (a line break?) inside; remove it");
        }
        return new Secret(trimmed);
    }

    private static boolean hasControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Returns the raw text, for the wire and for sealing only. */
    public String expose() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }

    private byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
