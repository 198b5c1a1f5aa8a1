package dev.roost.core;

import java.time.Instant;
import java.util.Optional;

/** How a refresh ended that brought no new pair. Notes go to the journal and hold no secret. */
public sealed interface Settlement {
    /** Returns when it was settled. */
    Instant at();

    /** Returns why, for the journal; empty: no entry. */
    String note();

    /** Returns what X was asked; empty when it was not. */
    Optional<Asked> asked();

    /**
     * This send did not spend the token: the intent is as it was before the lease.
     *
     * @param retryAt when the scheduler may try again
     */
    record NotSpent(Instant at, Instant retryAt, String note, Optional<Asked> asked) implements Settlement {
        /** One where X was not asked. */
        public NotSpent(Instant at, Instant retryAt, String note) {
            this(at, retryAt, note, Optional.empty());
        }
    }

    /**
     * This send may have spent the token: the intent stays open and the account is uncertain.
     *
     * @param retryAt when the guarded retry may be made
     */
    record Unknown(Instant at, Instant retryAt, String note, Optional<Asked> asked) implements Settlement {
        /** One of which nothing more is known. */
        public Unknown(Instant at, Instant retryAt, String note) {
            this(at, retryAt, note, Optional.empty());
        }
    }

    /**
     * X refused the token: the account needs re-authorization. The pair stays, as a tombstone.
     *
     * @param cause why the grant is gone
     */
    record Refused(Instant at, LossCause cause, String note, Optional<Asked> asked) implements Settlement {
        /** One of which nothing more is known. */
        public Refused(Instant at, LossCause cause, String note) {
            this(at, cause, note, Optional.empty());
        }
    }
}
