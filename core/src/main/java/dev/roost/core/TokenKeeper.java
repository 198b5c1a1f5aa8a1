package dev.roost.core;

import dev.roost.core.RefreshOutcome.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Hands out valid access tokens and keeps the grants behind them alive. The front door of the engine.
 *
 * <p>Safe for many threads. Callers may be interrupted and may give up: a refresh that has begun goes on without them.
 */
public final class TokenKeeper {
    private static final Duration TRUST_MEMORY_FOR = Duration.ofSeconds(5);

    private final TokenStore store;
    private final RefreshPolicy policy;
    private final World world;
    private final AppBreaker breaker;
    private final Recorder recorder;
    private final Spool spool;
    private final Refresher refresher;
    private final Flights flights;
    private final TokenMemory memory;
    private volatile boolean stopping;

    /** Wires the engine for one app. Starts no thread; {@link Scheduler} drives it. */
    public TokenKeeper(TokenStore store, Spool spool, TokenEndpoint endpoint, RefreshPolicy policy, World world) {
        this.store = store;
        this.spool = spool;
        this.policy = policy;
        this.world = world;
        this.breaker = new AppBreaker(endpoint);
        this.recorder = new Recorder(store, spool, policy, world);
        this.refresher = new Refresher(store, endpoint, breaker, recorder, policy, world, () -> stopping);
        this.flights = new Flights(world.executor());
        this.memory = new TokenMemory(world, TRUST_MEMORY_FOR);
    }

    /**
     * Returns a token that is valid for at least {@link RefreshPolicy#minRemaining()}, refreshing first only if it must.
     * A token that is still valid is returned whatever goes wrong.
     *
     * @throws AccountNotFoundException if there is no such account or it was disconnected
     * @throws ReauthorizationRequiredException if the grant is gone and no valid token is left
     * @throws RefreshPendingException if there is no valid token now but there may be later
     * @throws StoreUnavailableException if the store is away and this process knows no valid token
     */
    public AccessGrant token(AccountId id) {
        return token(id, Duration.ZERO);
    }

    /**
     * Like {@link #token(AccountId)}, and refreshes first if less than {@code wanted} is left. If that fails the token is
     * returned as long as it is valid at all.
     */
    public AccessGrant token(AccountId id, Duration wanted) {
        AccessGrant held = memory.trusted(id).orElseGet(() -> read(id));
        Instant now = world.clock().instant();
        Freshness freshness = Freshness.of(held.expiresAt(), held.refreshAt(), now, policy);
        boolean enough = held.expiresAt().isAfter(now.plus(wanted)) && !memory.isRefused(id, held.generation());
        if (freshness == Freshness.EXPIRED || !enough) {
            return renewed(id, held, now);
        }
        if (freshness == Freshness.DUE && !memory.heldOffUntil(id).isAfter(now)) {
            var _ = refreshIfDue(id);
        }
        return held;
    }

    /**
     * Refreshes because X refused the access token of this generation (HTTP 401), and waits for the outcome. If the
     * account has moved past it, nothing is spent and the newer grant is the outcome.
     */
    public RefreshOutcome refreshRejected(AccountId id, long generation) {
        memory.refused(id, generation);
        return newerThan(id, generation);
    }

    /**
     * Refreshes the account now, due or not, and waits for the outcome.
     *
     * @throws StoreUnavailableException if the store is away
     */
    public RefreshOutcome refreshNow(AccountId id) {
        return store.grant(id)
                .map(grant -> newerThan(id, grant.generation()))
                .orElseGet(() -> new RefreshOutcome.Absent(id));
    }

    /** Starts a refresh if the account is due. Returns at once. */
    CompletableFuture<RefreshOutcome> refreshIfDue(AccountId id) {
        return fly(id, new RefreshRequest.IfDue());
    }

    /** Forgets what memory holds of an account that another part of Roost has changed. */
    void forget(AccountId id) {
        memory.forget(id);
    }

    /** Brings spooled answers to the store and probes a rejected app, if either is due. */
    void tidy() {
        recorder.drain();
        breaker.probeIfDue(world.clock().instant());
    }

    /** Returns how many more refreshes may run at once; none while the app is rejected or the process stops. */
    int room() {
        boolean idle = stopping || breaker.rejection().isPresent();
        return idle ? 0 : Math.max(0, policy.concurrency() - flights.count());
    }

    /** Returns how the engine fares. */
    public KeeperHealth health() {
        return new KeeperHealth(
                spool.entries().size(),
                flights.count(),
                breaker.rejection().map(AppBreaker.Rejection::answer),
                stopping);
    }

    /**
     * Starts no further refresh and waits for those under way: a refresh token that was sent is worth waiting for.
     *
     * @return false when some were still under way after the duration; what they spent is then in the journal
     */
    public boolean stop(Duration atMost) {
        stopping = true;
        return flights.awaitLanding(atMost);
    }

    private AccessGrant read(AccountId id) {
        try {
            Grant grant = store.grant(id)
                    .orElseThrow(() -> new AccountNotFoundException("no account " + id + "; see: roost accounts list"));
            return memory.keep(AccessGrant.of(grant));
        } catch (StoreUnavailableException e) {
            return memory.last(id).orElseThrow(() -> e);
        }
    }

    private AccessGrant renewed(AccountId id, AccessGrant held, Instant now) {
        boolean refused = memory.isRefused(id, held.generation());
        boolean valid = !refused && held.expiresAt().isAfter(now.plus(policy.minRemaining()));
        Instant heldOffUntil = memory.heldOffUntil(id);
        if (heldOffUntil.isAfter(now)) {
            if (valid) {
                return held;
            }
            throw new RefreshPendingException("account " + id + ": the last refresh failed", heldOffUntil);
        }
        RefreshOutcome outcome = newerThan(id, held.generation());
        return switch (outcome) {
            case RefreshOutcome.Fresh fresh -> memory.keep(AccessGrant.of(fresh.grant()));
            case Kept kept when valid -> held;
            case Kept kept -> throw new RefreshPendingException("account " + id + ": " + kept.detail(), kept.retryAt());
            case RefreshOutcome.Lost lost when valid -> held;
            case RefreshOutcome.Lost lost -> throw new ReauthorizationRequiredException(lost.account(), lost.cause());
            case RefreshOutcome.Absent absent ->
                throw new AccountNotFoundException("no account " + id + "; see: roost accounts list");
        };
    }

    /** Flies until the outcome answers the question: a flight that was joined may have had a lesser aim. */
    private RefreshOutcome newerThan(AccountId id, long generation) {
        RefreshRequest request = new RefreshRequest.NewerThan(generation);
        while (true) {
            RefreshOutcome outcome = await(fly(id, request));
            boolean missed = outcome instanceof RefreshOutcome.Fresh fresh
                    && !request.isMetBy(fresh.grant(), world.clock().instant());
            if (!missed) {
                return outcome;
            }
        }
    }

    private CompletableFuture<RefreshOutcome> fly(AccountId id, RefreshRequest request) {
        return flights.join(id, () -> noted(id, refresher.refresh(id, request)));
    }

    /** Lets memory know how a refresh ended. */
    private RefreshOutcome noted(AccountId id, RefreshOutcome outcome) {
        switch (outcome) {
            case RefreshOutcome.Fresh fresh -> {
                memory.goOn(id);
                memory.last(id).ifPresent(known -> memory.keep(AccessGrant.of(fresh.grant())));
            }
            case Kept kept -> memory.holdOff(id, kept.retryAt());
            case RefreshOutcome.Lost lost -> memory.goOn(id);
            case RefreshOutcome.Absent absent -> memory.forget(id);
        }
        return outcome;
    }

    private RefreshOutcome await(CompletableFuture<RefreshOutcome> flight) {
        Duration atMost = policy.leaseLength().plus(policy.answerDeadline().multipliedBy(2));
        try {
            return flight.orTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                Instant now = world.clock().instant();
                return new Kept(RefreshOutcome.Reason.BUSY, "the refresh is still under way", now.plus(atMost));
            }
            throw e;
        }
    }
}
