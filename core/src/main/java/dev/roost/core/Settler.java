package dev.roost.core;

import dev.roost.core.RefreshOutcome.Kept;
import dev.roost.core.RefreshOutcome.Reason;
import java.time.Duration;
import java.time.Instant;

/** Ends a refresh that brought no new pair: notes what it means for the grant, and when to go on. Safe for many threads. */
final class Settler {
    private static final System.Logger LOG = System.getLogger(Settler.class.getName());
    private static final Duration RETRY = Duration.ofMillis(200);

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
    }

    RefreshOutcome appRejected(Lease lease, Verdict.AppRejected verdict) {
        breaker.reject(verdict.answer());
        return notSpent(lease, Reason.APP_REJECTED, "X rejects the app: " + verdict.answer(), Duration.ZERO);
    }

    RefreshOutcome throttled(Lease lease, Verdict.Throttled verdict) {
        Duration atLeast = verdict.retryAfter().orElse(Duration.ZERO);
        return notSpent(lease, Reason.THROTTLED, "X turned the request away: " + verdict.answer(), atLeast);
    }

    /** The token was not spent: the intent is taken back, and the next try waits for at least the duration. */
    RefreshOutcome notSpent(Lease lease, Reason reason, String why, Duration atLeast) {
        Instant now = world.clock().instant();
        Instant retryAt = reason == Reason.STOPPING ? now : now.plus(failures.fail(lease.id(), atLeast));
        String note = reason == Reason.STOPPING ? "" : why;
        settle(lease, new Settlement.NotSpent(now, retryAt, note));
        report(System.Logger.Level.WARNING, lease, why + "; the grant is untouched, next try at " + retryAt);
        return new Kept(reason, why, retryAt);
    }

    /** The token may be spent: the intent stays open, and one guarded retry follows after a pause. */
    RefreshOutcome unknown(Lease lease, Verdict.Unknown verdict) {
        Instant now = world.clock().instant();
        Instant retryAt = times.guardedRetry(now, lease.sends());
        String why = "X's answer is missing: " + verdict.reason();
        settle(lease, new Settlement.Unknown(now, retryAt, why));
        report(System.Logger.Level.WARNING, lease, why + "; the token may be spent, guarded retry at " + retryAt);
        return new Kept(Reason.ANSWER_MISSING, why, retryAt);
    }

    /** X refused the token. If the grant has moved meanwhile, the newer pair counts and nothing was lost. */
    RefreshOutcome refused(Lease lease, Verdict.GrantRefused verdict) {
        LossCause cause = lease.isGuardedRetry()
                ? new LossCause.AnswerLost(lease.firstSentAt(), lease.firstNode())
                : new LossCause.RefusedByX();
        String why = verdict.answer().toString();
        boolean settled = settle(lease, new Settlement.Refused(world.clock().instant(), cause, why));
        Account now = store.account(lease.id()).orElse(lease.grant().account());
        if (!settled && !(now.state() instanceof AccountState.NeedsReauthorization)) {
            return overtaken(lease);
        }
        report(System.Logger.Level.ERROR, lease, why + "; " + cause.explain());
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

    private void report(System.Logger.Level level, Lease lease, String what) {
        LOG.log(
                level,
                "Twitter Token Refresh Failed account={0} user=@{1} generation={2} node={3} error={4}",
                lease.id(),
                lease.grant().account().user().username(),
                Long.toString(lease.grant().generation()),
                world.node(),
                what);
    }
}
