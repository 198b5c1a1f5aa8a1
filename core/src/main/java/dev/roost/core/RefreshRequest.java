package dev.roost.core;

import java.time.Instant;

/** What a refresh is asked to bring about. */
sealed interface RefreshRequest {
    /** Tells whether the grant as it stands is already what was asked for. */
    boolean isMetBy(Grant grant, Instant now);

    /** Refresh if it is due: the scheduler's wish, and that of a caller whose token runs out. */
    record IfDue() implements RefreshRequest {
        @Override
        public boolean isMetBy(Grant grant, Instant now) {
            return grant.account().state() instanceof AccountState.Active active
                    && active.nextRefreshAt().isAfter(now);
        }
    }

    /** Bring a pair newer than the given generation, due or not. */
    record NewerThan(long generation) implements RefreshRequest {
        @Override
        public boolean isMetBy(Grant grant, Instant now) {
            return grant.generation() > generation;
        }
    }

    /** Bring a pair newer than the given generation, since X rejected its access token. */
    record Rejected(long generation) implements RefreshRequest {
        @Override
        public boolean isMetBy(Grant grant, Instant now) {
            return grant.generation() > generation;
        }
    }
}
