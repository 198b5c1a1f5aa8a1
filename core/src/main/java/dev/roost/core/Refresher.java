package dev.roost.core;

import dev.roost.core.AccountState.NeedsReauthorization;
import dev.roost.core.AccountState.Uncertain;
import dev.roost.core.RefreshOutcome.Kept;
import dev.roost.core.RefreshOutcome.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Spends a refresh token, once.
 *
 * <ol>
 *   <li>A process that stops, and an app that X rejects, start nothing. At most {@link RefreshPolicy#concurrency()}
 *       refreshes run at once.
 *   <li>Answers of this account that still rest in the spool go to the store first.
 *   <li>Lease and intent are taken in one statement, which also proves that the store takes writes. Whoever loses the
 *       race waits for the winner's pair. What is due begins here: its leases are taken by the dozen ({@link Refreshes#claim}).
 *   <li>The lease was granted for the very generation that was read; if it is too old by now, or the process is
 *       stopping, nothing is sent.
 *   <li>X is asked, once, by a thread that no caller can cancel ({@link TokenEndpoint#refresh}).
 *   <li>X's verdict decides. Only {@link Verdict.GrantRefused} ends a grant, and only if it still stands at the
 *       generation that was sent.
 *   <li>A new pair is made durable before anybody sees it ({@link Recorder}).
 *   <li>The lease ends with the verdict, by owner and fence ({@link Settler}).
 * </ol>
 *
 * <p>Safe for many threads; one account should have one call at a time in a process ({@link Flights}).
 */
final class Refresher {
    private static final System.Logger LOG = System.getLogger(Refresher.class.getName());
    private static final String RESTS_IN_THE_SPOOL = "an answer of X rests in the spool";
    private static final String QUARANTINED =
            "the database was restored from a backup, so its refresh token may be spent"
                    + " already and is not sent until somebody decides: roost quarantine show";
    private static final Duration FIRST_POLL = Duration.ofMillis(5);
    private static final Duration LONGEST_POLL = Duration.ofMillis(200);

    private final TokenStore store;
    private final TokenEndpoint endpoint;
    private final AppBreaker breaker;
    private final Recorder recorder;
    private final Uses uses;
    private final Settler settler;
    private final RefreshPolicy policy;
    private final RefreshTimes times;
    private final World world;
    private final BooleanSupplier stopping;
    private final Semaphore permits;
    private final Outage outage;

    Refresher(
            TokenStore store,
            TokenEndpoint endpoint,
            AppBreaker breaker,
            Recorder recorder,
            Uses uses,
            Outage outage,
            RefreshPolicy policy,
            World world,
            BooleanSupplier stopping) {
        this.store = store;
        this.endpoint = endpoint;
        this.breaker = breaker;
        this.recorder = recorder;
        this.uses = uses;
        this.outage = outage;
        this.policy = policy;
        this.times = new RefreshTimes(policy, world.random());
        this.settler = new Settler(store, breaker, times, policy, world);
        this.world = world;
        this.stopping = stopping;
        this.permits = new Semaphore(policy.concurrency(), true);
    }

    /** Does what is asked, or says why not. Blocks; throws nothing but errors of the machine. */
    RefreshOutcome refresh(AccountId id, RefreshRequest request) {
        try {
            return attempt(id, request);
        } catch (StoreUnavailableException e) {
            // Not since the attempt began: it may have waited for another process all the while.
            outage.failed(world.nanoTime().getAsLong());
            return away(e);
        }
    }

    /**
     * Spends a lease that was taken among others.
     *
     * @param leasedAt when, by the clock that never jumps
     * @param resting the accounts of which answers rested in the spool afterwards: what comes later was sent before
     */
    RefreshOutcome spend(Lease lease, long leasedAt, Set<AccountId> resting) {
        try {
            return inTurn(() -> spend(lease, leasedAt, resting.contains(lease.id())));
        } catch (StoreUnavailableException e) {
            return away(e);
        }
    }

    /** Ends a lease with which nothing was done. */
    void giveBack(Lease lease, Instant retryAt) {
        settler.giveBack(lease, retryAt);
    }

    private RefreshOutcome away(StoreUnavailableException e) {
        return new Kept(
                Reason.STORE_UNAVAILABLE,
                e.getMessage(),
                world.clock().instant().plus(policy.firstBackoff()));
    }

    private RefreshOutcome attempt(AccountId id, RefreshRequest request) {
        long startedAt = world.nanoTime().getAsLong();
        for (Duration poll = FIRST_POLL; ; poll = longer(poll)) {
            Optional<RefreshOutcome> standstill = standstill(id);
            if (standstill.isPresent()) {
                return standstill.get();
            }
            Optional<Grant> grant = store.grant(id).filter(found -> found.isUnder(endpoint.clientId()));
            outage.answered();
            if (grant.isEmpty()) {
                return new RefreshOutcome.Absent(id);
            }
            Optional<RefreshOutcome> known = alreadyKnown(grant.get(), request).or(this::pause);
            if (known.isPresent()) {
                return known.get();
            }
            Optional<RefreshOutcome> outcome = inTurn(() -> leaseAndSpend(grant.get(), startedAt));
            if (outcome.isPresent()) {
                return outcome.get();
            }
            world.pause(poll);
        }
    }

    private static Duration longer(Duration poll) {
        Duration doubled = poll.multipliedBy(2);
        return doubled.compareTo(LONGEST_POLL) < 0 ? doubled : LONGEST_POLL;
    }

    /** Step 1 and 2: what keeps this process from sending anything for this account. */
    private Optional<RefreshOutcome> standstill(AccountId id) {
        Instant now = world.clock().instant();
        if (stopping.getAsBoolean()) {
            return kept(Reason.STOPPING, "this process is stopping", now);
        }
        Optional<AppBreaker.Rejection> rejection = breaker.rejection();
        if (rejection.isPresent()) {
            String why = "X rejects the app (" + rejection.get().answer() + "); run: roost doctor";
            return kept(Reason.APP_REJECTED, why, breaker.probeAt(rejection.get()));
        }
        if (!recorder.drain(id)) {
            return kept(Reason.STORE_UNAVAILABLE, RESTS_IN_THE_SPOOL, now.plus(policy.firstBackoff()));
        }
        return Optional.empty();
    }

    /** What the store already knows: a newer pair, a dead grant, an unanswered send that must rest. */
    private Optional<RefreshOutcome> alreadyKnown(Grant grant, RefreshRequest request) {
        Instant now = world.clock().instant();
        if (request.isMetBy(grant, now)) {
            return Optional.of(new RefreshOutcome.Fresh(grant));
        }
        Account account = grant.account();
        if (account.state() instanceof NeedsReauthorization gone) {
            return Optional.of(new RefreshOutcome.Lost(account, gone.cause()));
        }
        if (account.state() instanceof Uncertain open) {
            Instant othersUntil = now.plus(outage.rest());
            Instant next = open.nextRefreshAt().isAfter(othersUntil) ? open.nextRefreshAt() : othersUntil;
            String why =
                    "the answer to the refresh sent at " + open.sentAt() + " by node " + open.node() + " is missing";
            return next.isAfter(now) ? kept(Reason.ANSWER_MISSING, why, next) : Optional.empty();
        }
        return Optional.empty();
    }

    /** What keeps all processes from sending anything. */
    private Optional<RefreshOutcome> pause() {
        return world.pace()
                .pausedUntil()
                .map(until -> new Kept(
                        Reason.THROTTLED, "X turned several accounts away, so all refreshes of the app rest", until));
    }

    private <T> T inTurn(Supplier<T> work) {
        permits.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }

    /** Steps 3 and 4. Empty: look again after a while, for another is at work or the account has moved. */
    private Optional<RefreshOutcome> leaseAndSpend(Grant grant, long startedAt) {
        long leasedAt = world.nanoTime().getAsLong();
        return switch (store.lease(
                grant.id(), grant.generation(), Lease.Purpose.REFRESH, world.node(), policy.leaseLength())) {
            case LeaseAnswer.Granted granted ->
                Optional.of(spend(granted.lease(), leasedAt, recorder.holds(grant.id())));
            case LeaseAnswer.Held held -> waitForWinner(held, startedAt);
            case LeaseAnswer.Moved moved -> Optional.empty();
            case LeaseAnswer.Quarantined q -> kept(Reason.QUARANTINED, QUARANTINED, nextLook());
            case LeaseAnswer.Absent absent -> Optional.of(new RefreshOutcome.Absent(grant.id()));
        };
    }

    private Instant nextLook() {
        return world.clock().instant().plus(policy.guardedRetryPause());
    }

    private Optional<RefreshOutcome> waitForWinner(LeaseAnswer.Held held, long startedAt) {
        Instant now = world.clock().instant();
        if (world.since(startedAt).compareTo(policy.leaseLength().plus(policy.answerDeadline())) < 0) {
            return Optional.empty();
        }
        return kept(Reason.BUSY, "node " + held.owner() + " is refreshing it", now.plus(held.remaining()));
    }

    /** Steps 4 to 8, under the lease. */
    private RefreshOutcome spend(Lease lease, long leasedAt, boolean rests) {
        world.tell(new EngineEvent.RefreshStarted(
                EngineEvent.Subject.Kept.of(lease.grant().account()), world.node()));
        // Before anything is sent, for nothing may come between X's answer and the disk; and before the look at the
        // lease, for the store may be slow.
        Optional<Instant> asleepUntil =
                uses.asleepUntil(lease.grant().account(), world.clock().instant());
        Duration left = policy.leaseLength().minus(world.since(leasedAt));
        if (stopping.getAsBoolean()
                || left.compareTo(policy.answerDeadline().multipliedBy(3).dividedBy(2)) < 0) {
            return settler.notSent(lease, Reason.STOPPING, "the lease was too old to send anything", Duration.ZERO);
        }
        if (rests) {
            return settler.notSent(lease, Reason.STORE_UNAVAILABLE, RESTS_IN_THE_SPOOL, Duration.ZERO);
        }
        Instant sentAt = world.clock().instant();
        long start = world.nanoTime().getAsLong();
        Verdict verdict = ask(lease.grant().tokens().refresh());
        Duration took = world.since(start);
        return switch (verdict) {
            case Verdict.Rotated rotated -> record(lease, rotated, asleepUntil, sentAt, took);
            case Verdict.GrantRefused refused -> settler.refused(lease, refused, took);
            case Verdict.AppRejected rejected -> settler.appRejected(lease, rejected, took);
            case Verdict.Throttled throttled -> settler.throttled(lease, throttled, took);
            case Verdict.NotSent notSent ->
                settler.notSent(lease, Reason.NOT_SENT, "X could not be reached: " + notSent.reason(), took);
            case Verdict.Unknown unknown -> settler.unknown(lease, unknown, took);
        };
    }

    /** Step 5. Whatever goes wrong in the client after the lease, the token may have left. */
    private Verdict ask(RefreshToken token) {
        try {
            return endpoint.refresh(token);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the client of X failed in a way it should not", e);
            return new Verdict.Unknown("the client of X failed: " + e.getClass().getSimpleName());
        }
    }

    /** Step 7. Nothing happens between X's answer and this. */
    private RefreshOutcome record(
            Lease lease, Verdict.Rotated rotated, Optional<Instant> asleepUntil, Instant sentAt, Duration took) {
        Rotation rotation = rotation(lease.grant(), rotated, asleepUntil, sentAt, took);
        Recorder.Resting resting = recorder.record(rotation);
        boolean superseded = resting instanceof Recorder.Resting.Stored(RotateAnswer.Superseded s);
        world.tell(new EngineEvent.RefreshEnded(
                EngineEvent.Subject.Kept.of(lease.grant().account()),
                world.node(),
                EngineEvent.Outcome.ROTATED,
                Optional.empty(),
                superseded ? "superseded: the account had moved on" : "",
                took,
                Optional.of(EngineEvent.Issued.of(rotated))));
        return switch (resting) {
            case Recorder.Resting.Stored(RotateAnswer.Recorded recorded) -> fresh(recorded.grant());
            case Recorder.Resting.Stored(RotateAnswer.Superseded s) -> superseded(lease.grant());
            case Recorder.Resting.Spooled spooled -> fresh(afterwards(lease.grant(), rotation));
        };
    }

    private Rotation rotation(
            Grant grant, Verdict.Rotated rotated, Optional<Instant> asleepUntil, Instant sentAt, Duration took) {
        Account account = grant.account();
        Instant expiresAt = sentAt.plus(rotated.lifetime());
        return new Rotation(
                account.id(),
                account.generation(),
                new IssuedPair(
                        new TokenPair(
                                rotated.access(),
                                rotated.refresh().orElse(grant.tokens().refresh())),
                        expiresAt,
                        rotated.scopes().orElse(account.scopes())),
                asleepUntil.orElseGet(() -> times.ahead(account.user().id(), sentAt, expiresAt)),
                sentAt.plus(took),
                took,
                world.node());
    }

    /** The grant as it will stand once the spooled answer is recorded. */
    private static Grant afterwards(Grant before, Rotation rotation) {
        Account old = before.account();
        Account account = new Account(
                old.id(),
                old.clientId(),
                old.user(),
                new AccountState.Active(rotation.nextRefreshAt()),
                rotation.pair().scopes(),
                rotation.spent() + 1,
                rotation.pair().accessExpiresAt(),
                old.connectedAt(),
                rotation.at());
        return new Grant(account, rotation.pair().tokens());
    }

    private RefreshOutcome superseded(Grant before) {
        return store.grant(before.id())
                .<RefreshOutcome>map(RefreshOutcome.Fresh::new)
                .orElseGet(() -> new RefreshOutcome.Absent(before.id()));
    }

    private RefreshOutcome fresh(Grant grant) {
        settler.forget(grant.id());
        return new RefreshOutcome.Fresh(grant);
    }

    private static Optional<RefreshOutcome> kept(Reason reason, String detail, Instant retryAt) {
        return Optional.of(new Kept(reason, detail, retryAt));
    }
}
