package dev.roost.simulator;

import java.util.Locale;

/**
 * One upload to the simulated X, as it stands at the moment of the snapshot. The content itself is not kept.
 *
 * @param id 19 digits
 * @param userId who uploads it
 * @param mediaType such as {@code image/png}
 * @param category such as {@code tweet_image}; empty when none was named
 * @param declaredBytes the {@code total_bytes} it was opened with
 * @param receivedBytes what arrived, each segment counted once
 * @param sha256 of what arrived, in the order of the segments up to the first gap; 64 hexadecimal digits in lower case
 * @param state how far it is
 */
public record LedgerMedia(
        String id,
        String userId,
        String mediaType,
        String category,
        long declaredBytes,
        long receivedBytes,
        String sha256,
        State state) {

    /** How far an upload is. */
    public enum State {
        /** Takes segments. */
        OPEN,
        /** Finalized, and waits to be processed. */
        PENDING,
        /** Is processed. */
        IN_PROGRESS,
        /** Can be shown in a post. */
        SUCCEEDED,
        /** Could not be processed. */
        FAILED;

        /** As X spells it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
