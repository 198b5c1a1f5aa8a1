package dev.roost.core.posting;

import java.time.Instant;
import java.util.Optional;

/**
 * Where attempts to publish are noted before they are sent, for a week. A method that returns has made its change durable.
 * Safe for many threads and many processes.
 *
 * <p>Every method throws {@link dev.roost.core.StoreUnavailableException} when the store cannot answer; then the change may
 * have been made or not, and the same call may be repeated.
 */
public interface AttemptStore {
    /**
     * Notes an attempt before it is sent, unless one of this name was noted before. Of two callers, one gets empty. The one
     * call that, repeated after an answer that was missed, may meet its own note.
     */
    Optional<Earlier> begin(Attempt attempt);

    /** Notes that the post was published under this id of X's. */
    void published(Attempt attempt, String tweetId);

    /** Forgets an attempt that certainly published nothing, so that the same wish may be sent. */
    void forget(Attempt attempt);

    /**
     * An attempt of the same name that was noted before.
     *
     * @param digest stands for what it was to publish
     * @param sentAt when it was sent
     * @param tweetId under which id it was published; empty while that is not known
     */
    record Earlier(String digest, Instant sentAt, Optional<String> tweetId) {}
}
