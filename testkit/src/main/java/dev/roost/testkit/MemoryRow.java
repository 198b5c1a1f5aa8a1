package dev.roost.testkit;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import dev.roost.core.Grant;
import dev.roost.core.IssuedPair;
import dev.roost.core.Lease;
import dev.roost.core.Rotation;
import dev.roost.core.Scopes;
import dev.roost.core.TokenPair;
import dev.roost.core.XUser;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What {@link MemoryTokens} knows of one account. Guarded by the lock of its owner. */
final class MemoryRow {
    /** A lease that claims to last longer was written by a clock that was ahead. */
    private static final Duration LONGEST_LEASE = Duration.ofHours(1);

    final AccountId id;
    final String clientId;
    XUser user;
    Scopes scopes = Scopes.of();
    long generation;
    Optional<TokenPair> tokens = Optional.empty();
    Instant accessExpiresAt = Instant.EPOCH;
    Instant connectedAt = Instant.EPOCH;
    /** When X issued the pair of the newest sign-in. */
    Instant issuedAt = Instant.EPOCH;

    Instant rotatedAt = Instant.EPOCH;
    /** Never {@link AccountState.Uncertain}: that follows from the sends that no lease explains. */
    AccountState state = new AccountState.Disconnected(Instant.EPOCH);

    int sends;
    Instant firstSentAt = Instant.EPOCH;
    String firstNode = "";
    Optional<Hold> hold = Optional.empty();
    long fence;

    MemoryRow(AccountId id, String clientId, XUser user) {
        this.id = id;
        this.clientId = clientId;
        this.user = user;
    }

    /** Who has the lease, what for, and until when by the lease clock. */
    record Hold(String owner, Lease.Purpose purpose, Instant until) {}

    Account account(Instant leaseNow) {
        return new Account(
                id, clientId, user, stateAt(leaseNow), scopes, generation, accessExpiresAt, connectedAt, rotatedAt);
    }

    Optional<Grant> grant(Instant leaseNow) {
        return tokens.map(pair -> new Grant(account(leaseNow), pair));
    }

    Optional<Hold> liveHold(Instant leaseNow) {
        Instant latest = leaseNow.plus(LONGEST_LEASE);
        return hold.filter(
                held -> held.until().isAfter(leaseNow) && !held.until().isAfter(latest));
    }

    boolean canBe(Lease.Purpose purpose) {
        return switch (purpose) {
            case REFRESH -> state instanceof AccountState.Active;
            case DISCONNECT -> !(state instanceof AccountState.Disconnected);
        };
    }

    boolean isDue(Instant now, Instant leaseNow) {
        return !dueAt().isAfter(now)
                && liveHold(leaseNow).isEmpty()
                && silence(leaseNow).isEmpty();
    }

    /** A lease to refresh that has ended without a settlement, as if it went on until it is followed up. */
    Optional<Hold> silence(Instant leaseNow) {
        return hold.flatMap(held -> dueAfterLease(leaseNow)
                .filter(leaseNow::isBefore)
                .map(until -> new Hold(held.owner(), held.purpose(), until)));
    }

    /** When a lease to refresh lets the account be due again. */
    private Optional<Instant> dueAfterLease(Instant leaseNow) {
        return hold.filter(held -> held.purpose() == Lease.Purpose.REFRESH)
                .map(Hold::until)
                .filter(until -> !until.isAfter(leaseNow.plus(LONGEST_LEASE)))
                .map(until -> until.isAfter(leaseNow) ? until : Lease.followedUpAt(until, accessExpiresAt));
    }

    /** Returns when the account wants its next refresh, leases aside; never, for one that cannot be refreshed. */
    Instant dueAt() {
        return state instanceof AccountState.Active active ? active.nextRefreshAt() : Instant.MAX;
    }

    /** Tells whether the answer to a refresh is newer than what is here. */
    boolean standsBefore(Rotation rotation) {
        return tokens.isPresent()
                && (generation == rotation.spent()
                        || (generation < rotation.spent() && !issuedAt.isAfter(rotation.at())));
    }

    void record(long next, IssuedPair pair, Instant nextRefreshAt, Instant at) {
        generation = next;
        tokens = Optional.of(pair.tokens());
        scopes = pair.scopes();
        accessExpiresAt = pair.accessExpiresAt();
        rotatedAt = at;
        state = new AccountState.Active(nextRefreshAt);
        clearIntent();
        hold = Optional.empty();
    }

    void clearIntent() {
        sends = 0;
        firstSentAt = Instant.EPOCH;
        firstNode = "";
    }

    private AccountState stateAt(Instant leaseNow) {
        if (!(state instanceof AccountState.Active)) {
            return state;
        }
        boolean sendInFlight = liveHold(leaseNow)
                .filter(held -> held.purpose() == Lease.Purpose.REFRESH)
                .isPresent();
        int unanswered = sends - (sendInFlight ? 1 : 0);
        Instant next = dueAfterLease(leaseNow).filter(dueAt()::isBefore).orElse(dueAt());
        return unanswered > 0
                ? new AccountState.Uncertain(firstSentAt, firstNode, next)
                : new AccountState.Active(next);
    }
}
