package dev.roost.core;

import dev.roost.core.RefreshOutcome.Kept;
import dev.roost.core.RefreshOutcome.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The refreshes of this process: one per account at a time, a rest after each failure, and an end to refreshing tokens
 * that X rejects though they are new. Safe for many threads.
 */
final class Refreshes {
    private static final int TRIES = 3;
    private static final Duration FIRST_REST_AFTER_REJECTION = Duration.ofMinutes(1);
    private static final Duration LONGEST_REST_AFTER_REJECTION = Duration.ofHours(1);

    private final TokenStore store;
    private final Refresher refresher;
    private final Recorder recorder;
    private final TokenMemory memory;
    private final Outage outage;
    private final RefreshPolicy policy;
    private final World world;
    private final Flights<AccountId, RefreshOutcome> flights;
    private final HeldOff heldOff;
    private final Backoffs<AccountId> rejections;

    Refreshes(
            TokenStore store,
            Refresher refresher,
            Recorder recorder,
            TokenMemory memory,
            Outage outage,
            RefreshPolicy policy,
            World world) {
        this.store = store;
        this.refresher = refresher;
        this.recorder = recorder;
        this.memory = memory;
        this.outage = outage;
        this.policy = policy;
        this.world = world;
        this.flights = new Flights<>(world.executor());
        this.heldOff = new HeldOff(world);
        this.rejections = new Backoffs<>(FIRST_REST_AFTER_REJECTION, LONGEST_REST_AFTER_REJECTION, world);
    }

    /**
     * What one claim brought.
     *
     * @param leases how many leases
     * @param flights the refreshes that they began
     */
    record Claimed(int leases, List<CompletableFuture<RefreshOutcome>> flights) {}

    /**
     * Takes leases on up to {@code limit} accounts that are due and starts their refreshes. What is held off, or under way in
     * this process already, is given back.
     *
     * @throws StoreUnavailableException if the store or the spool is away
     */
    Claimed claim(String clientId, int limit) {
        long claimedAt = world.nanoTime().getAsLong();
        Set<AccountId> busy = flights.keys();
        Set<AccountId> awaited = recorder.awaiting();
        List<Lease> leases = claimed(clientId, limit, claimedAt);
        if (leases.isEmpty()) {
            return new Claimed(0, List.of());
        }
        // An answer may leave the spool for the store between the claim and the look.
        Set<AccountId> resting = new HashSet<>(resting(leases));
        resting.addAll(awaited);
        List<CompletableFuture<RefreshOutcome>> begun = leases.stream()
                .flatMap(lease -> begin(lease, claimedAt, resting, busy).stream())
                .toList();
        return new Claimed(leases.size(), begun);
    }

    private List<Lease> claimed(String clientId, int limit, long claimedAt) {
        try {
            Instant now = world.clock().instant();
            // Before it is known whether the store is back: it may come back with this.
            boolean isCalm = outage.rest().isZero();
            List<Lease> leases = store.claim(clientId, now, world.node(), policy.leaseLength(), limit, isCalm);
            outage.answered();
            return leases;
        } catch (StoreUnavailableException e) {
            outage.failed(claimedAt);
            throw e;
        }
    }

    private Set<AccountId> resting(List<Lease> leases) {
        try {
            return recorder.resting();
        } catch (StoreUnavailableException e) {
            Instant later = world.clock().instant().plus(policy.firstBackoff());
            leases.forEach(lease -> refresher.giveBack(lease, later));
            throw e;
        }
    }

    /** One that was under way before may have recorded its answer after the claim: then the lease is for a token it spent. */
    private Optional<CompletableFuture<RefreshOutcome>> begin(
            Lease lease, long claimedAt, Set<AccountId> resting, Set<AccountId> busy) {
        AccountId id = lease.id();
        if (heldOff.holds(id)) {
            refresher.giveBack(lease, heldOffUntil(id));
            return Optional.empty();
        }
        if (busy.contains(id)) {
            refresher.giveBack(lease, world.clock().instant());
            return Optional.empty();
        }
        Optional<CompletableFuture<RefreshOutcome>> flight = flights.begin(
                id, () -> flown(id, new RefreshRequest.IfDue(), () -> refresher.spend(lease, claimedAt, resting)));
        if (flight.isEmpty()) {
            refresher.giveBack(lease, world.clock().instant());
        }
        return flight;
    }

    /** Starts a refresh if the account is due. Returns at once. */
    CompletableFuture<RefreshOutcome> ifDue(AccountId id) {
        return fly(id, new RefreshRequest.IfDue());
    }

    /** Brings a pair newer than the generation, and waits for the outcome. */
    RefreshOutcome newerThan(AccountId id, long generation) {
        return until(id, new RefreshRequest.NewerThan(generation));
    }

    /**
     * Brings a pair newer than the generation that X rejected. The first rejection is believed at once; if X rejects new
     * tokens again and again (a suspended user, a fault of X), refreshing does not help and is done ever more seldom.
     */
    RefreshOutcome newerThanRejected(AccountId id, long generation) {
        Duration rest = rejections.left(id);
        if (rest.isZero()) {
            return until(id, new RefreshRequest.Rejected(generation));
        }
        String why = "X rejects generation " + generation + " though it is new; is the user suspended?";
        return store.grant(id)
                .filter(grant -> grant.generation() > generation)
                .<RefreshOutcome>map(RefreshOutcome.Fresh::new)
                .orElseGet(() -> new Kept(
                        Reason.REJECTED_AGAIN, why, world.clock().instant().plus(rest)));
    }

    /** Tells whether the last refresh of this account failed a moment ago, and none is to be tried yet. */
    boolean isHeldOff(AccountId id) {
        return heldOff.holds(id);
    }

    /** Returns why refreshes of this account are held off; empty when they are not. */
    Optional<Kept> whyHeldOff(AccountId id) {
        return heldOff.why(id);
    }

    /** Returns when a refresh that is held off may be tried. */
    Instant heldOffUntil(AccountId id) {
        return world.clock().instant().plus(heldOff.left(id));
    }

    /** Returns how many are under way. */
    int underWay() {
        return flights.count();
    }

    /** Forgets what went wrong with an account that a person has just signed in. */
    void forget(AccountId id) {
        heldOff.release(id);
        rejections.clear(id);
    }

    /** Waits for all that are under way; false when some still are after the duration. */
    boolean awaitLanding(Duration atMost) {
        return flights.awaitLanding(atMost, world.sleeper());
    }

    private RefreshOutcome until(AccountId id, RefreshRequest request) {
        RefreshOutcome outcome = await(fly(id, request));
        for (int i = 1; i < TRIES && missed(outcome, request); i++) {
            outcome = await(fly(id, request));
        }
        return outcome;
    }

    private boolean missed(RefreshOutcome outcome, RefreshRequest request) {
        return outcome instanceof RefreshOutcome.Fresh fresh
                && !request.isMetBy(fresh.grant(), world.clock().instant());
    }

    private CompletableFuture<RefreshOutcome> fly(AccountId id, RefreshRequest request) {
        return flights.join(id, () -> flown(id, request, () -> refresher.refresh(id, request)));
    }

    private RefreshOutcome flown(AccountId id, RefreshRequest request, Supplier<RefreshOutcome> flight) {
        Instant start = world.clock().instant();
        RefreshOutcome outcome = flight.get();
        if (outcome instanceof RefreshOutcome.Fresh fresh
                && !fresh.grant().account().rotatedAt().isBefore(start)) {
            rotated(id, request);
        }
        return noted(id, outcome);
    }

    /** A rotation that a rejection brought about counts against the account; one that was due makes it good again. */
    private void rotated(AccountId id, RefreshRequest request) {
        switch (request) {
            case RefreshRequest.IfDue due -> rejections.clear(id);
            case RefreshRequest.NewerThan newer -> {}
            case RefreshRequest.Rejected rejected -> rejections.fail(id, Duration.ZERO);
        }
    }

    private RefreshOutcome noted(AccountId id, RefreshOutcome outcome) {
        switch (outcome) {
            case RefreshOutcome.Fresh fresh -> {
                heldOff.release(id);
                if (recorder.awaits(id) || memory.last(id).isPresent()) {
                    memory.record(AccessGrant.of(fresh.grant()));
                }
            }
            case Kept kept -> heldOff.put(id, kept);
            case RefreshOutcome.Lost lost -> heldOff.release(id);
            case RefreshOutcome.Absent absent -> {
                heldOff.release(id);
                memory.forget(id);
            }
        }
        return outcome;
    }

    private RefreshOutcome await(CompletableFuture<RefreshOutcome> flight) {
        Duration atMost = policy.leaseLength().plus(policy.answerDeadline().multipliedBy(2));
        if (world.await(flight, atMost)) {
            return flight.join();
        }
        Instant later = world.clock().instant().plus(policy.firstBackoff());
        return new Kept(Reason.BUSY, "the refresh is still under way", later);
    }
}
