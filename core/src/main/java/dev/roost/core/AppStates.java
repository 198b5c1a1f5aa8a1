package dev.roost.core;

import java.time.Duration;
import java.util.Optional;

/**
 * Which apps X rejects, known to all processes on the same store. Pauses and probes are measured by the store's lease clock.
 * A method that returns has made its change durable and has it told ({@link ChangeFeed}). Safe for many threads and many
 * processes.
 *
 * <p>Every method throws {@link StoreUnavailableException} when the store cannot answer; then the change may have been made
 * or not, and the same call may be repeated.
 */
public interface AppStates {
    /** For a process that is alone: nothing is kept, and every probe may be made. */
    AppStates NONE = new AppStates() {
        @Override
        public Optional<Rejected> rejection(String clientId) {
            throw alone();
        }

        @Override
        public boolean reject(String clientId, XAnswer answer, Node node, Duration pause) {
            throw alone();
        }

        @Override
        public boolean takeProbe(String clientId, Node node, Duration length) {
            throw alone();
        }

        @Override
        public void stillRejected(String clientId, Node node, Duration pause) {
            throw alone();
        }

        @Override
        public boolean works(String clientId) {
            throw alone();
        }

        private StoreUnavailableException alone() {
            return new StoreUnavailableException(
                    "there is no store that processes share the state of apps in", new IllegalStateException("alone"));
        }
    };

    /**
     * An app that X rejects.
     *
     * @param answer what X said
     * @param pause from the last probe, or from the rejection, to the next probe
     * @param untilProbe until the next probe may be made; zero or less when it may be made now
     */
    record Rejected(XAnswer answer, Duration pause, Duration untilProbe) {}

    /** Returns the rejection of this app; empty while it works. */
    Optional<Rejected> rejection(String clientId);

    /**
     * Notes that X rejects an app, and that the first probe is due after the pause. One that is noted already stays as it is.
     *
     * @return whether it is new
     */
    boolean reject(String clientId, XAnswer answer, Node node, Duration pause);

    /**
     * Takes the right to make the probe if it is due and no other process has it.
     *
     * @param length until another may make it, if this process does not say what came of it
     */
    boolean takeProbe(String clientId, Node node, Duration length);

    /** Notes that a probe failed; the next is due after the pause. Does nothing if the probe is another's by now. */
    void stillRejected(String clientId, Node node, Duration pause);

    /**
     * Notes that X accepts the app.
     *
     * @return false when nobody had noted otherwise
     */
    boolean works(String clientId);
}
