package dev.roost.core;

import dev.roost.core.RefreshOutcome.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Hands out valid access tokens and keeps the grants behind them alive. The front door of the engine.
 *
 * <p>Safe for many threads. Callers may be interrupted and may give up: a refresh that has begun goes on without them.
 */
public final class TokenKeeper {
    private static final System.Logger LOG = System.getLogger(TokenKeeper.class.getName());
    private static final Duration TRUST_MEMORY_FOR = Duration.ofSeconds(5);
    /** How long a caller waits for the store while a valid token is remembered. */
    private static final Duration LONGEST_READ = Duration.ofMillis(250);

    private final TokenStore store;
    private final String clientId;
    private final RefreshPolicy policy;
    private final World world;
    private final AppBreaker breaker;
    private final Recorder recorder;
    private final Spool spool;
    private final Refreshes refreshes;
    private final TokenMemory memory;
    private final ReadAhead ahead;
    private final Uses uses;
    private final Outage outage;
    private final Flights<AccountId, Optional<AccessGrant>> reads;
    private volatile boolean stopping;

    /** Wires the engine for one app. Starts no thread; {@link Scheduler} drives it. */
    public TokenKeeper(
            TokenStore store, Spool spool, TokenEndpoint endpoint, RefreshPolicy policy, Peers peers, World world) {
        this.store = store;
        this.clientId = endpoint.clientId();
        this.spool = spool;
        this.policy = policy;
        this.world = world;
        this.breaker = new AppBreaker(endpoint, peers, world);
        this.recorder = new Recorder(store, spool, policy, world);
        this.memory = new TokenMemory(world, TRUST_MEMORY_FOR, policy.minRemaining());
        this.ahead = new ReadAhead(store, memory);
        this.reads = new Flights<>(world.executor());
        this.uses = new Uses(peers.uses(), policy, world);
        this.outage = new Outage(policy, world);
        Refresher refresher =
                new Refresher(store, endpoint, breaker, recorder, uses, outage, policy, world, () -> stopping);
        this.refreshes = new Refreshes(store, refresher, recorder, memory, outage, policy, world);
        peers.feed().listen(this::hear);
    }

    /** What others changed is read again. Anybody may have made the news up, so nothing is believed of it but that. */
    private void hear(ChangeFeed.Change news) {
        switch (news) {
            case ChangeFeed.Change.Rotated rotated -> outdated(rotated.account(), rotated.generation());
            case ChangeFeed.Change.AccountChanged changed -> {
                outdated(changed.account(), Long.MAX_VALUE);
                refreshes.forget(changed.account());
            }
            case ChangeFeed.Change.KeyChanged n -> {}
            case ChangeFeed.Change.AppRejected n -> {}
            case ChangeFeed.Change.AppWorks n -> {}
        }
    }

    private void outdated(AccountId id, long generation) {
        if (memory.outdated(id, generation)) {
            ahead.replaced(id);
        }
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
        AccessGrant fresh = fresh(id);
        return fresh == null ? token(id, Duration.ZERO) : fresh;
    }

    /**
     * Returns the token that {@link #token(AccountId)} would return, if memory alone can tell; empty when more is to be done.
     * Asks nobody, and never waits.
     */
    public Optional<AccessGrant> remembered(AccountId id) {
        return Optional.ofNullable(fresh(id));
    }

    /** Returns whose account this is if a token of it is remembered, valid or not. Asks nobody. */
    Optional<XUser> userOf(AccountId id) {
        return memory.last(id).map(AccessGrant::user);
    }

    private @Nullable AccessGrant fresh(AccountId id) {
        AccessGrant fresh = memory.fresh(id);
        if (fresh != null) {
            uses.used(id);
        }
        return fresh;
    }

    /**
     * Like {@link #token(AccountId)}, and refreshes first if less than {@code wanted} is left; of a wish for more than half
     * of a token's life, only half counts. If the refresh fails the token is returned as long as it is valid at all.
     */
    public AccessGrant token(AccountId id, Duration wanted) {
        // What is of no use any more is not trusted: another process may have brought a newer one.
        AccessGrant held = memory.trusted(id).filter(this::isUsable).orElseGet(() -> read(id));
        uses.used(id);
        Instant now = world.clock().instant();
        Freshness freshness = Freshness.of(held.issuedAt(), held.expiresAt(), held.refreshAt(), now, policy);
        boolean enough = held.expiresAt().isAfter(now.plus(atMostHalfLife(held, wanted)));
        if (freshness == Freshness.EXPIRED || !enough || memory.isRefused(id, held.generation())) {
            return renewed(id, held, now);
        }
        if (freshness == Freshness.DUE && !refreshes.isHeldOff(id)) {
            var _ = refreshes.ifDue(id);
        }
        return held;
    }

    /**
     * Refreshes because X refused the access token of this generation (HTTP 401), and waits for the outcome. If the
     * account has moved past it, nothing is spent and the newer grant is the outcome. If X refuses new tokens again and
     * again, the outcome is {@link RefreshOutcome.Reason#REJECTED_AGAIN}.
     *
     * @throws StoreUnavailableException if the store is away
     */
    public RefreshOutcome refreshRejected(AccountId id, long generation) {
        memory.refused(id, generation);
        return refreshes.newerThanRejected(id, generation);
    }

    /**
     * Refreshes the account now, due or not, and waits for the outcome.
     *
     * @throws StoreUnavailableException if the store is away
     */
    public RefreshOutcome refreshNow(AccountId id) {
        uses.used(id);
        return store.grant(id)
                .map(grant -> refreshes.newerThan(id, grant.generation()))
                .orElseGet(() -> new RefreshOutcome.Absent(id));
    }

    /** Notes that this process begins to refresh: others may have begun with it, and hold answers of X. */
    void begins() {
        outage.begun();
    }

    /** Takes leases on up to {@code limit} accounts that are due and starts their refreshes. */
    Refreshes.Claimed refreshDue(String clientId, int limit) {
        return refreshes.claim(clientId, limit);
    }

    /** Reads tokens that callers are likely to ask for; later, if the store is away. */
    void readAhead(String clientId) {
        try {
            ahead.turn(clientId);
        } catch (StoreUnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "no tokens were read ahead", e);
        }
    }

    /** Forgets what memory holds of an account that another part of Roost has changed. */
    void forget(AccountId id) {
        memory.forget(id);
        refreshes.forget(id);
    }

    /** Brings a pair newer than the generation, and waits for the outcome; not while the account is held off. */
    RefreshOutcome newerThan(AccountId id, long generation) {
        return refreshes
                .whyHeldOff(id)
                .<RefreshOutcome>map(why -> why)
                .orElseGet(() -> refreshes.newerThan(id, generation));
    }

    /** Returns the account whose pair in the spool has this refresh token. */
    Optional<AccountId> spooledWith(RefreshToken token) {
        return spool.entries().stream()
                .filter(rotation -> rotation.pair().tokens().refresh().equals(token))
                .map(Rotation::id)
                .findFirst();
    }

    /** Brings the spooled answers of an account to the store; true when none is left. */
    boolean drained(AccountId id) {
        return recorder.drain(id);
    }

    /**
     * Brings spooled answers to the store, learns whether X rejects the app, and probes it, if that is due; false while
     * answers are left.
     */
    boolean tidy() {
        uses.writeNowAndThen();
        long askedAt = world.nanoTime().getAsLong();
        boolean drained = recorder.drain();
        if (!drained) {
            outage.failed(askedAt);
        }
        breaker.tidy();
        return drained;
    }

    /** Returns how many more refreshes may run at once; none while the app is rejected or the process stops. */
    int room() {
        boolean idle = stopping || breaker.rejection().isPresent();
        return idle
                ? 0
                : Math.max(0, Math.min(policy.concurrency(), world.pace().room()) - refreshes.underWay());
    }

    /** Tells whether there is room for enough refreshes to look for what is due. */
    boolean hasUsefulRoom() {
        return room() >= Math.max(1, policy.concurrency() / 4);
    }

    /** Returns how the engine fares. */
    public KeeperHealth health() {
        return new KeeperHealth(
                spool.entries().size(),
                refreshes.underWay(),
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
        uses.writeAll();
        return refreshes.awaitLanding(atMost);
    }

    private boolean isUsable(AccessGrant grant) {
        return grant.expiresAt().isAfter(world.clock().instant().plus(policy.minRemaining()));
    }

    private static Duration atMostHalfLife(AccessGrant held, Duration wanted) {
        Duration half = Duration.between(held.issuedAt(), held.expiresAt()).dividedBy(2);
        return wanted.compareTo(half) < 0 ? wanted : half;
    }

    /** What is remembered and valid is not kept back for long because the store is slow or silent. */
    private AccessGrant read(AccountId id) {
        Instant now = world.clock().instant();
        return memory.last(id)
                .filter(known -> !memory.isRefused(id, known.generation()) && isValid(known, now))
                .flatMap(known -> unlessSlow(id, known))
                .or(() -> stored(id))
                .orElseThrow(() -> absent(id));
    }

    /** Empty when there is no such account. */
    private Optional<AccessGrant> unlessSlow(AccountId id, AccessGrant known) {
        CompletableFuture<Optional<AccessGrant>> reading = reads.join(id, () -> stored(id));
        boolean slow = !world.await(reading, LONGEST_READ);
        // What has expired while it was waited is no reason not to wait on.
        return slow && isValid(known, world.clock().instant())
                ? Optional.of(known)
                : reading.exceptionally(failure -> Optional.of(known)).join();
    }

    private Optional<AccessGrant> stored(AccountId id) {
        try {
            Optional<Grant> grant = store.grant(id).filter(found -> found.isUnder(clientId));
            if (grant.isEmpty()) {
                memory.forget(id);
            }
            return grant.map(AccessGrant::of).map(memory::keep);
        } catch (StoreUnavailableException e) {
            return Optional.of(memory.last(id).orElseThrow(() -> e));
        }
    }

    private boolean isValid(AccessGrant held, Instant now) {
        return held.expiresAt().isAfter(now.plus(policy.minRemaining()));
    }

    private AccessGrant renewed(AccountId id, AccessGrant held, Instant now) {
        boolean refused = memory.isRefused(id, held.generation());
        boolean valid = !refused && isValid(held, now);
        if (refreshes.isHeldOff(id)) {
            if (valid) {
                return held;
            }
            String why =
                    refreshes.whyHeldOff(id).map(kept -> ": " + kept.detail()).orElse("");
            throw new RefreshPendingException(
                    "account " + id + ": the last refresh failed" + why, refreshes.heldOffUntil(id));
        }
        RefreshOutcome outcome = refused
                ? refreshes.newerThanRejected(id, held.generation())
                : refreshes.newerThan(id, held.generation());
        return switch (outcome) {
            case RefreshOutcome.Fresh fresh -> {
                AccessGrant newer = memory.keep(AccessGrant.of(fresh.grant()));
                // What memory held may have been older than a pair that another process brought long ago.
                yield isUsable(newer) || !newer.issuedAt().isBefore(now) ? newer : renewed(id, newer, now);
            }
            case Kept kept when valid -> held;
            case Kept kept -> throw new RefreshPendingException("account " + id + ": " + kept.detail(), kept.retryAt());
            case RefreshOutcome.Lost lost when valid -> held;
            case RefreshOutcome.Lost lost -> throw new ReauthorizationRequiredException(lost.account(), lost.cause());
            case RefreshOutcome.Absent absent -> throw absent(id);
        };
    }

    private static AccountNotFoundException absent(AccountId id) {
        return new AccountNotFoundException("no account " + id + "; see: roost accounts list");
    }
}
