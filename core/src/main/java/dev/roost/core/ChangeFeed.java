package dev.roost.core;

import java.util.function.Consumer;

/**
 * News of what other processes on the same store have changed, so that memory need not be distrusted as often as it would
 * be without. The store tells by itself what it has changed. News may be lost, late, doubled or made up: it says at most that
 * something is to be read again, and holds no secret. Safe for many threads.
 */
public interface ChangeFeed {
    /** For a store that has none. */
    ChangeFeed NONE = new ChangeFeed() {
        @Override
        public void listen(Consumer<Change> listener) {}

        @Override
        public boolean isCurrent() {
            return false;
        }

        @Override
        public long keysVersion() {
            return UNKNOWN;
        }
    };

    /** What {@link #keysVersion()} returns when nobody can tell. */
    long UNKNOWN = 0;

    /** What has changed. */
    sealed interface Change {
        /**
         * An account has a new pair.
         *
         * @param generation its generation
         */
        record Rotated(AccountId account, long generation) implements Change {}

        /** Somebody signed in to an account, or disconnected it. */
        record AccountChanged(AccountId account) implements Change {}

        /** An API key was revoked. */
        record KeyChanged(String id) implements Change {}

        /** X rejects an app: look at {@link AppStates}. */
        record AppRejected(String clientId) implements Change {}

        /** X accepts an app again: look at {@link AppStates}. */
        record AppWorks(String clientId) implements Change {}
    }

    /** Tells this listener from now on. It is called on the feed's one thread, and is to be quick. */
    void listen(Consumer<Change> listener);

    /**
     * Tells whether whatever was durable two seconds ago has been heard here. It is proved again and again; without news that
     * the feed works it counts as broken.
     */
    boolean isCurrent();

    /**
     * Returns a number that has changed when an API key that was read before may stand otherwise now; {@link #UNKNOWN} when
     * only the store can tell. Take it before reading the key, and compare it with the one of later.
     */
    long keysVersion();

    /** Like {@link #keysVersion()}, and waits for nothing: {@link #UNKNOWN} when it would have to. */
    default long keysVersionAtOnce() {
        return keysVersion();
    }
}
