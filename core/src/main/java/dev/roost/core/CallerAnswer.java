package dev.roost.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What comes of a refresh for a caller who keeps its own refresh token. */
public sealed interface CallerAnswer {
    /** Tells whether the same call, made again, may bring a pair. */
    default boolean isRetryable() {
        return switch (this) {
            case Rotated r -> false;
            case Refused r -> false;
            case AppRejected r -> false;
            case Throttled t -> true;
            case NotSent n -> true;
            case Unknown u -> true;
            case KeptNotNow k -> true;
            case KeptLost k -> false;
            case KeptElsewhere k -> false;
        };
    }

    /**
     * There is a new pair, and the token that was brought is spent unless it is in the pair.
     *
     * @param tokens the pair
     * @param expiresAt when X stops accepting the access token, reckoned from when X was asked for it
     * @param scopes what the grant covers; empty when X did not say
     * @param hasNewRefreshToken whether the refresh token is another than the one brought
     * @param replayed whether the pair was known already and X was not asked
     * @param keptAs the account, if Roost keeps it; the pair is then replaced without the caller's doing, and the caller may
     *     go on bringing the last refresh token it knows
     */
    record Rotated(
            TokenPair tokens,
            Instant expiresAt,
            Optional<Scopes> scopes,
            boolean hasNewRefreshToken,
            boolean replayed,
            Optional<AccountId> keptAs)
            implements CallerAnswer {}

    /**
     * X refused the token: a person has to sign in again.
     *
     * @param answerLostAt when the same call was made before and X's answer was lost: X had rotated the grant then, and the
     *     new pair was lost on its way
     */
    record Refused(XAnswer answer, Optional<Instant> answerLostAt) implements CallerAnswer {
        /** Says what happened and what to do. */
        public String explain() {
            return answerLostAt
                            .map(at ->
                                    "the answer to the refresh sent at " + at + " was lost on its way, and X, which had"
                                            + " rotated the grant, now refuses the token that was spent with it ("
                                            + answer + ").")
                            .orElseGet(() -> "X refused the refresh token (" + answer
                                    + "): it is spent, revoked, expired, or of another app.")
                    + " The user must sign in again";
        }
    }

    /** X does not accept the credentials of the call. The token was not spent. */
    record AppRejected(XAnswer answer) implements CallerAnswer {}

    /**
     * X, or the network in front of it, turned the request away. The token was not spent.
     *
     * @param retryAfter how long to wait if X said so
     */
    record Throttled(XAnswer answer, Optional<Duration> retryAfter) implements CallerAnswer {}

    /**
     * Nothing was sent to X, so the token was not spent.
     *
     * @param reason why, without secrets
     * @param retryAfter how long to wait
     */
    record NotSent(String reason, Duration retryAfter) implements CallerAnswer {}

    /**
     * X's answer is missing: the token may be spent or not. To make the same call once more is the only way to find out;
     * if X then refuses the token, the answer says that this one was lost.
     *
     * @param reason what happened, without secrets
     * @param sentAt when the first request without an answer was sent
     */
    record Unknown(String reason, Instant sentAt) implements CallerAnswer {}

    /** Roost keeps this grant, and there is no new pair for now. */
    record KeptNotNow(Account account, RefreshOutcome.Kept why) implements CallerAnswer {}

    /** Roost keeps this grant, and it is gone: a person has to sign in again. */
    record KeptLost(Account account, LossCause cause) implements CallerAnswer {}

    /**
     * The token is or was that of an account which Roost keeps, and brings the caller no pair: it was spent, and the account
     * has had newer pairs since; or it is of an app that this process does not refresh. It is not sent to X, for that could
     * kill the grant.
     *
     * @param spentAt when it was spent; empty when it is the account's present one
     */
    record KeptElsewhere(Account account, Optional<Instant> spentAt) implements CallerAnswer {
        /** Says what happened and what to do. */
        public String explain() {
            String whose = spentAt.map(at -> "Roost spent this refresh token at " + at + " for account ")
                            .orElse("Roost keeps this refresh token for account ")
                    + account.id() + " (" + account.user() + ")";
            return account.state() instanceof AccountState.Disconnected gone
                    ? whose + ", which was disconnected at " + gone.since() + ". The user must sign in again"
                    : whose + " and keeps its tokens fresh. Use the account by name: roost token " + account.id();
        }
    }
}
