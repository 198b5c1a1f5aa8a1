package dev.roost.mcp.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A revision of the protocol, from the oldest. */
public enum Revision {
    /** The first. */
    R2024_11_05("2024-11-05"),
    /** Streamable HTTP, batches, audio. */
    R2025_03_26("2025-03-26"),
    /** Elicitation, structured content, resource links; no more batches. */
    R2025_06_18("2025-06-18"),
    /** Elicitation by URL; the last with sessions. */
    R2025_11_25("2025-11-25"),
    /** Stateless. */
    R2026_07_28("2026-07-28");

    /** The newest with sessions. */
    public static final Revision NEWEST_LEGACY = R2025_11_25;

    private final String text;

    Revision(String text) {
        this.text = text;
    }

    /** Returns its name in the protocol. */
    public String text() {
        return text;
    }

    /** Tells whether each request carries its own revision, identity and capabilities. */
    public boolean isModern() {
        return this == R2026_07_28;
    }

    /** Tells whether this one is at least as new. */
    public boolean hasWhatCameWith(Revision other) {
        return compareTo(other) >= 0;
    }

    /** Returns the revision of this name. */
    public static Optional<Revision> of(String text) {
        return Arrays.stream(values()).filter(one -> one.text.equals(text)).findFirst();
    }

    /** Returns the names of all, the newest first. */
    public static List<String> texts() {
        return Arrays.stream(values()).map(Revision::text).toList().reversed();
    }
}
