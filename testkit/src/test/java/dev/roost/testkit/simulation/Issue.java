package dev.roost.testkit.simulation;

import dev.roost.core.TokenPair;
import dev.roost.core.XUser;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A pair that the model of X has issued, and how far it has come: the whole question is where the newest one rests. */
final class Issue {
    final XUser user;
    final TokenPair tokens;
    /** When X stops accepting the access token. */
    final long expiresAt;
    /** Whether a person's consent brought it, and not a refresh. */
    final boolean byConsent;
    /** When X issued it. */
    final long issuedAt;
    /** Which consent it goes back to. */
    final int family;
    /** Who asked for it; null for those that were there at the beginning. */
    final @Nullable NodeProcess asker;

    /** When whoever asked for it took the time that sign-ins are ordered by. */
    long askedAt;
    /** Whether X accepts the access token, until it expires. */
    boolean accessAlive = true;
    /** What this pair was spent for. */
    @Nullable
    Issue next;
    /** Whether X's answer was dropped or came to nobody. */
    boolean answerLost;
    /** Whether the process that asked has got it. */
    boolean delivered;
    /** Whether a store has it, or had it. */
    boolean stored;
    /** Whether a spool has it, or had it. */
    boolean spooled;
    /** Whether the store has refused it, since the account had moved on. */
    boolean superseded;
    /** How often X was shown the refresh token and looked at it. */
    int shown;
    /** Whether X once answered without a new refresh token: then several generations have this one. */
    boolean spansGenerations;
    /** Whether an import spent a token for it. */
    boolean byImport;
    /** When Roost takes the access token for expired: counted from when the request was sent, so earlier than X does. */
    @Nullable
    Instant expiryTold;
    /** How often an import of it was. */
    int imports;
    /** Whether a process that had stood still sent it after its lease. */
    boolean sentLate;
    /** How many requests with it are under way. */
    int inFlight;

    Issue(XUser user, TokenPair tokens, long issuedAt, boolean byConsent, int family, @Nullable NodeProcess asker) {
        this.user = user;
        this.tokens = tokens;
        this.issuedAt = issuedAt;
        this.askedAt = issuedAt;
        this.expiresAt = issuedAt + ModelX.LIFETIME.toNanos();
        this.byConsent = byConsent;
        this.family = family;
        this.asker = asker;
    }

    boolean isDurable() {
        return stored || spooled;
    }

    /** Tells whether a sign-in that X answered earlier had been asked for later or at once: their exchanges crossed. */
    boolean wasCrossedBy(Issue other) {
        return byConsent
                && other.byConsent
                && other.user.equals(user)
                && other.issuedAt <= issuedAt
                && other.askedAt >= askedAt
                && other != this;
    }

    /** Says where it went, if it never became durable or only on one process's disk; null if it is safe. */
    @Nullable
    Cause missing() {
        NodeProcess by = asker;
        if (stored || superseded || by == null) {
            return null;
        }
        if (spooled) {
            return Cause.IN_ANOTHERS_SPOOL;
        }
        if (by.dead) {
            return delivered ? Cause.PROCESS_DIED_WITH_IT : Cause.PROCESS_DIED_ASKING;
        }
        if (answerLost) {
            return Cause.ANSWER_LOST;
        }
        return by.lastFrozenAt >= 0 ? Cause.PROCESS_FROZEN : delivered ? Cause.NOT_DURABLE_YET : Cause.ANSWER_LATE;
    }
}
