package dev.roost.core;

import java.util.Optional;

/** What Roost keeps itself, as {@link CallerRefreshes} sees it. Safe for many threads. */
interface KeptGrants {
    /** Nothing is kept. */
    KeptGrants NONE = new KeptGrants() {
        @Override
        public boolean isOwn(CallerApp app) {
            return false;
        }

        @Override
        public Optional<CallerAnswer> answer(CallerApp app, RefreshToken token) {
            return Optional.empty();
        }

        @Override
        public boolean stands(CallerAnswer.Rotated before) {
            return true;
        }
    };

    /** Tells whether this is the engine's own app, with the credentials that Roost has. */
    boolean isOwn(CallerApp app);

    /**
     * Answers a caller whose token is or was kept; empty when it is nobody's and may be sent to X.
     *
     * @throws StoreUnavailableException if nobody can tell
     */
    Optional<CallerAnswer> answer(CallerApp app, RefreshToken token);

    /** Tells whether an answer given before may be given again: not that of an account which was disconnected since. */
    boolean stands(CallerAnswer.Rotated before);
}
