package dev.roost.core;

import java.time.Instant;

/**
 * One entry in the journal of an account. Entries are never changed; old ones are deleted.
 *
 * @param account whose
 * @param at when, by the clock of the process that wrote it
 * @param kind what happened
 * @param generation the generation it happened to
 * @param node who wrote it
 * @param detail more, for people; no secret
 */
public record AccountEvent(AccountId account, Instant at, Kind kind, long generation, String node, String detail) {
    /** What can happen to an account. */
    public enum Kind {
        /** A person signed in, or a token was imported; the generation is the new one. */
        CONNECTED,
        /** X issued a new pair and it is recorded; the generation is the new one. */
        ROTATED,
        /** A refresh was sent and X's answer did not come; the generation may be spent. */
        ANSWER_MISSING,
        /** A generation that may be spent is about to be sent again. */
        GUARDED_RETRY,
        /** A refresh failed without touching the grant. */
        REFRESH_FAILED,
        /** X refused the refresh token. */
        REFUSED,
        /** An answer went to the spool, as the store could not take it. */
        SPOOLED,
        /** An answer came too late to matter: the account had moved on. */
        SUPERSEDED,
        /** A person took the account out. */
        DISCONNECTED
    }
}
