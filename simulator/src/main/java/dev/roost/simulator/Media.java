package dev.roost.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What users uploaded. Guarded by the lock of {@link World}. */
final class Media {

    private static final long FIRST_ID = 1_910_000_000_000_000_001L;

    private final SimulatedClock clock;
    private final Map<String, Upload> uploads = new LinkedHashMap<>();

    Media(SimulatedClock clock) {
        this.clock = clock;
    }

    Upload open(String userId, MediaType kind, Upload.Declared declared) {
        String id = Long.toString(FIRST_ID + uploads.size());
        Upload upload = new Upload(id, userId, kind, declared, clock.now());
        uploads.put(id, upload);
        return upload;
    }

    Optional<Upload> find(String id) {
        return Optional.ofNullable(uploads.get(id));
    }

    /** A user's own upload, unless it expired. */
    Optional<Upload> find(String id, String userId) {
        return find(id).filter(upload -> upload.belongsTo(userId) && clock.now().isBefore(upload.expiresAt()));
    }

    /** Whether the user can show it in a post now. */
    boolean isUsable(String id, String userId) {
        return find(id, userId)
                .filter(upload -> upload.stateAt(clock.now()) == LedgerMedia.State.SUCCEEDED)
                .isPresent();
    }

    /** Every upload, oldest first. */
    List<LedgerMedia> snapshot() {
        Instant now = clock.now();
        return uploads.values().stream().map(upload -> upload.snapshot(now)).toList();
    }
}
