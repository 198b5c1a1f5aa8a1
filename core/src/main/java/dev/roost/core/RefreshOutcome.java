package dev.roost.core;

import java.time.Instant;

/** What came of a refresh, for whoever waited for it. */
public sealed interface RefreshOutcome {
    /**
     * What was asked for holds: there is a newer pair, from this refresh or from another's, or none was due.
     *
     * @param grant the account with that pair
     */
    record Fresh(Grant grant) implements RefreshOutcome {}

    /**
     * No new pair for now, and the grant is kept.
     *
     * @param reason why
     * @param detail why, for people; no secret
     * @param retryAt when trying again makes sense
     */
    record Kept(Reason reason, String detail, Instant retryAt) implements RefreshOutcome {}

    /** The grant is gone. */
    record Lost(Account account, LossCause cause) implements RefreshOutcome {}

    /** There is no such account, or it was disconnected. */
    record Absent(AccountId id) implements RefreshOutcome {}

    /** Why a grant was kept without a new pair. */
    enum Reason {
        /** This process is stopping and starts no refresh. */
        STOPPING,
        /** X rejects the app; all its refreshes wait until a probe says that it works again. */
        APP_REJECTED,
        /** X or its network turned the request away. */
        THROTTLED,
        /** X could not be reached. */
        NOT_SENT,
        /** The answer is missing; a guarded retry will follow. */
        ANSWER_MISSING,
        /** The store or the spool does not take writes, so nothing was spent. */
        STORE_UNAVAILABLE,
        /** Another process is refreshing this account. */
        BUSY,
        /** The database was restored from a backup, so the refresh token may be spent already; a person has to say. */
        QUARANTINED,
        /** X rejects one new access token after another, so another refresh would not help now. */
        REJECTED_AGAIN
    }
}
