package dev.roost.simulator;

import dev.roost.simulator.LedgerMedia.State;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One upload. Guarded by the lock of {@link World}. */
final class Upload {

    /** How long an upload can be used. */
    static final Duration LIFE = Duration.ofDays(1);

    /** How long each of the two stages of processing takes, on the simulator's clock. */
    static final Duration STAGE = Duration.ofSeconds(1);

    private final String id;
    private final String userId;
    private final MediaType kind;
    private final Declared declared;
    private final Instant openedAt;
    private final Segments segments = new Segments();
    private @Nullable Instant finalizedAt;
    private boolean broken;

    Upload(String id, String userId, MediaType kind, Declared declared, Instant openedAt) {
        this.id = id;
        this.userId = userId;
        this.kind = kind;
        this.declared = declared;
        this.openedAt = openedAt;
    }

    String id() {
        return id;
    }

    String key() {
        return kind.keyPrefix() + id;
    }

    Segments segments() {
        return segments;
    }

    boolean belongsTo(String otherUserId) {
        return userId.equals(otherUserId);
    }

    Instant expiresAt() {
        return openedAt.plus(LIFE);
    }

    /** Whether what arrived is what was declared. */
    boolean isComplete() {
        return segments.isWithoutGap() && segments.bytes() == declared.bytes();
    }

    long declaredBytes() {
        return declared.bytes();
    }

    boolean isProcessed() {
        return kind.isProcessed();
    }

    /** Ends the upload, unless it has ended before; {@code breaks} tells what becomes of its processing. */
    void end(Instant now, boolean breaks) {
        if (finalizedAt == null) {
            finalizedAt = now;
            broken = breaks;
        }
    }

    State stateAt(Instant now) {
        Instant start = finalizedAt;
        if (start == null) {
            return State.OPEN;
        }
        if (!kind.isProcessed()) {
            return State.SUCCEEDED;
        }
        if (now.isBefore(start.plus(STAGE))) {
            return State.PENDING;
        }
        if (now.isBefore(start.plus(STAGE.multipliedBy(2)))) {
            return State.IN_PROGRESS;
        }
        return broken ? State.FAILED : State.SUCCEEDED;
    }

    LedgerMedia snapshot(Instant now) {
        return new LedgerMedia(
                id,
                userId,
                declared.mediaType(),
                declared.category(),
                declared.bytes(),
                segments.bytes(),
                segments.digest(),
                stateAt(now));
    }

    /**
     * What an upload was said to be.
     *
     * @param mediaType such as {@code image/png}
     * @param category such as {@code tweet_image}, or empty
     * @param bytes size of the whole
     */
    record Declared(String mediaType, String category, long bytes) {}
}
