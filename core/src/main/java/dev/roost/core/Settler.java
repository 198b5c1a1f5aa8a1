package dev.roost.core;

import dev.roost.core.EngineEvent.Outcome;
import dev.roost.core.RefreshOutcome.Kept;
import dev.roost.core.RefreshOutcome.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Ends a refresh that brought no new pair: notes what it means for the grant, and when to go on. Safe for many threads. */
final class Settler {
    private static final System.Logger LOG = System.getLogger(Settler.class.getName());
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final Set<Integer> TOO_MANY = Set.of(403, 429);

    private final TokenStore store;
    private final AppBreaker breaker;
    private final RefreshTimes times;
    private final RefreshPolicy policy;
    private final World world;
    private final Backoffs<AccountId> failures;

    Settler(TokenStore store, AppBreaker breaker, RefreshTimes times, RefreshPolicy policy, World world) {
        this.store = store;
        this.breaker = breaker;
        this.times = times;
        this.policy = policy;
        this.world = world;
        this.failures = new Backoffs<>(policy.firstBackoff(), policy.longestBackoff(), world);
    }

    /** Forgets the failures of an account that has been refreshed. */
    void forget(AccountId id) {
        failures.clear(id);
        world.pace().answered();
    }

    RefreshOutcome appRejected(Lease lease, Verdict.AppRejected verdict, Duration took) {
        boolean opened = breaker.reject(verdict.answer());
        try {
            Failure failure = new Failure(Outcome.APP_REJECTED, Optional.of(verdict.answer()), took);
            String why = "X rejects the app: " + verdict.answer();
            return notSpent(lease, Reason.APP_REJECTED, why, Duration.ZERO, failure);
        } finally {
            if (opened) {
                breaker.announce(verdict.answer());
            }
        }
    }

    RefreshOutcome throttled(Lease lease, Verdict.Throttled verdict, Duration took) {
        Duration atLeast = verdict.retryAfter().orElse(Duration.ZERO);
        Failure failure = new Failure(Outcome.THROTTLED, Optional.of(verdict.answer()), took);
        String why = "X turned the request away: " + verdict.answer();
        try {
            return notSpent(lease, Reason.THROTTLED, why, atLeast, failure);
        } finally {
            if (TOO_MANY.contains(verdict.answer().status())) {
                world.pace().turnedAway(lease.id(), verdict.retryAfter());
            }
        }
    }

    /** Nothing was sent. */
    RefreshOutcome notSent(Lease lease, Reason reason, String why, Duration took) {
        return notSpent(lease, reason, why, Duration.ZERO, new Failure(Outcome.NOT_SENT, Optional.empty(), took));
    }

    /**
     * Nothing was sent, and nobody needs to know. Asks the store once: if it is away, the lease ends by itself, and the
     * generation counts as sent.
     */
    void giveBack(Lease lease, Instant retryAt) {
        try {
            store.settle(lease, new Settlement.NotSpent(world.clock().instant(), retryAt, ""));
        } catch (StoreUnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "a lease could not be given back", e);
        }
    }

    /** The token was not spent: the intent is taken back, and the next try waits for at least the duration. */
    private RefreshOutcome notSpent(Lease lease, Reason reason, String why, Duration atLeast, Failure failure) {
        Instant now = world.clock().instant();
        Instant retryAt = reason == Reason.STOPPING ? now : now.plus(failures.fail(lease.id(), atLeast));
        String note = reason == Reason.STOPPING ? "" : why;
        String detail = why + "; the grant is untouched, next try at " + retryAt;
        settleAndTell(lease, new Settlement.NotSpent(now, retryAt, note, failure.asked()), failure, detail);
        return new Kept(reason, why, retryAt);
    }

    /** The token may be spent: the intent stays open, and one guarded retry follows after a pause. */
    RefreshOutcome unknown(Lease lease, Verdict.Unknown verdict, Duration took) {
        Instant now = world.clock().instant();
        Instant retryAt = times.guardedRetry(now, lease.sends());
        String why = "X's answer is missing: " + verdict.reason();
        String detail = why + "; the token may be spent, guarded retry at " + retryAt;
        Failure failure = new Failure(Outcome.UNKNOWN, Optional.empty(), took);
        settleAndTell(lease, new Settlement.Unknown(now, retryAt, why, failure.asked()), failure, detail);
        return new Kept(Reason.ANSWER_MISSING, why, retryAt);
    }

    /** X refused the token. If the grant has moved meanwhile, the newer pair counts and nothing was lost. */
    RefreshOutcome refused(Lease lease, Verdict.GrantRefused verdict, Duration took) {
        LossCause cause = lease.isGuardedRetry()
                ? new LossCause.AnswerLost(lease.firstSentAt(), lease.firstNode())
                : new LossCause.RefusedByX();
        String why = verdict.answer().toString();
        Failure failure = new Failure(Outcome.GRANT_REFUSED, Optional.of(verdict.answer()), took);
        Settlement settlement = new Settlement.Refused(world.clock().instant(), cause, why, failure.asked());
        String detail = why;
        Account now;
        try {
            boolean settled = settle(lease, settlement);
            now = store.account(lease.id()).orElse(lease.grant().account());
            if (!settled && !(now.state() instanceof AccountState.NeedsReauthorization)) {
                return overtaken(lease);
            }
            detail = why + "; " + cause.explain();
        } finally {
            tell(lease, failure, detail);
            world.pace().answered();
        }
        world.tell(new EngineEvent.GrantLost(now, cause));
        return new RefreshOutcome.Lost(now, cause);
    }

    private RefreshOutcome overtaken(Lease lease) {
        Instant now = world.clock().instant();
        return store.grant(lease.id())
                .filter(grant -> grant.generation() > lease.grant().generation())
                .<RefreshOutcome>map(RefreshOutcome.Fresh::new)
                .orElseGet(() -> new Kept(Reason.BUSY, "another node took over", now.plus(policy.firstBackoff())));
    }

    /** Settles, for as long as the lease could last if the store is away; then the open intent speaks for itself. */
    private boolean settle(Lease lease, Settlement settlement) {
        long start = world.nanoTime().getAsLong();
        while (true) {
            try {
                return store.settle(lease, settlement);
            } catch (StoreUnavailableException e) {
                if (world.since(start).compareTo(policy.leaseLength()) > 0) {
                    throw e;
                }
                world.pause(RETRY);
            }
        }
    }

    /** What to tell of a refresh that failed. */
    private record Failure(Outcome outcome, Optional<XAnswer> answer, Duration took) {
        Optional<Asked> asked() {
            return Optional.of(Asked.of(outcome, answer, took));
        }
    }

    private void settleAndTell(Lease lease, Settlement settlement, Failure failure, String detail) {
        try {
            settle(lease, settlement);
        } finally {
            tell(lease, failure, detail);
        }
    }

    private void tell(Lease lease, Failure failure, String detail) {
        world.tell(new EngineEvent.RefreshEnded(
                EngineEvent.Subject.Kept.of(lease.grant().account()),
                world.node(),
                failure.outcome(),
                failure.answer(),
                detail,
                failure.took(),
                Optional.empty()));
    }
}
