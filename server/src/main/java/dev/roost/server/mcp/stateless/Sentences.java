package dev.roost.server.mcp.stateless;

import java.time.Duration;

/** Puts sentences together. */
final class Sentences {
    private Sentences() {}

    /** Joins what is not empty, each with a full stop at its end. */
    static String of(String... parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            String clean = part.strip();
            if (!clean.isEmpty()) {
                boolean ended = ".!?".indexOf(clean.charAt(clean.length() - 1)) >= 0;
                text.append(text.isEmpty() ? "" : " ").append(clean).append(ended ? "" : ".");
            }
        }
        return text.toString();
    }

    /** Says how long to wait, in whole seconds, at least one. */
    static String retryAfter(Duration wait) {
        long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
        return "Retry after " + seconds + (seconds == 1 ? " second" : " seconds");
    }
}
