package dev.roost.core;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * Makes X's answer durable, whatever the store does: this is the one moment at which a grant can be lost.
 *
 * <ol>
 *   <li>The store is asked at once.
 *   <li>If it fails, or stands still for {@link RefreshPolicy#spoolAfter()}, the answer goes to the spool as well. A store
 *       that goes on recording other answers is busy, not slow: it is waited for {@value #PATIENCE} times as long.
 *   <li>While neither has it, both are asked again and again. Nobody gets the pair before one of them has it.
 * </ol>
 */
final class Recorder {
    private static final System.Logger LOG = System.getLogger(Recorder.class.getName());
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final int PATIENCE = 5;
    /** Files written at once share the disk's work; more of them at once would only keep it from the store. */
    private static final int SPOOLED_AT_ONCE = 16;

    private final TokenStore store;
    private final Spool spool;
    private final RefreshPolicy policy;
    private final World world;
    private final Set<Rotation> writing = ConcurrentHashMap.newKeySet();
    private final Set<AccountId> awaiting = ConcurrentHashMap.newKeySet();
    /** When the store last recorded something, by the clock that never jumps. */
    private volatile long recordedAt;

    private final Semaphore spooling = new Semaphore(SPOOLED_AT_ONCE);

    Recorder(TokenStore store, Spool spool, RefreshPolicy policy, World world) {
        this.store = store;
        this.spool = spool;
        this.policy = policy;
        this.world = world;
        this.recordedAt = world.nanoTime().getAsLong() - policy.spoolAfter().toNanos();
    }

    /** Tells whether an answer for this account rests in the spool, whoever received it. */
    boolean holds(AccountId id) {
        return spool.holds(id);
    }

    /** Returns the accounts of which answers rest in the spool, whoever received them. */
    Set<AccountId> resting() {
        return spool.accounts();
    }

    /** Tells whether an answer for this account that this process received still waits for the store. */
    boolean awaits(AccountId id) {
        return awaiting.contains(id);
    }

    /** Returns the accounts for which answers that this process received still wait in the spool for the store. */
    Set<AccountId> awaiting() {
        return Set.copyOf(awaiting);
    }

    /** Where an answer rests. */
    sealed interface Resting {
        /** In the store. */
        record Stored(RotateAnswer answer) implements Resting {}

        /** In the spool; {@link #drain} will bring it to the store. */
        record Spooled() implements Resting {}
    }

    /** Returns as soon as the answer is durable, and not before. */
    Resting record(Rotation rotation) {
        writing.add(rotation);
        try {
            return rest(rotation);
        } catch (RuntimeException | Error e) {
            writing.remove(rotation);
            throw e;
        }
    }

    private Resting rest(Rotation rotation) {
        CompletableFuture<RotateAnswer> attempt = ask(rotation);
        boolean complained = false;
        while (true) {
            boolean answered = comesInTime(attempt);
            if (answered && !attempt.isCompletedExceptionally()) {
                writing.remove(rotation);
                return new Resting.Stored(attempt.join());
            }
            Optional<String> failure = answered ? Optional.of(failure(attempt)) : Optional.empty();
            switch (spooled(rotation)) {
                case KEPT -> {
                    awaiting.add(rotation.id());
                    var _ = attempt.whenComplete((answer, gone) -> ended(rotation, gone == null));
                    world.tell(new EngineEvent.AnswerSpooled(rotation.id(), rotation.spent() + 1, failure));
                    return new Resting.Spooled();
                }
                case CROWDED -> {
                    world.pause(answered ? policy.spoolAfter() : Duration.ZERO);
                    attempt = attempt.isCompletedExceptionally() ? ask(rotation) : attempt;
                }
                case REFUSED -> {
                    if (!complained) {
                        complain(rotation, failure);
                        complained = true;
                    }
                    world.pause(RETRY);
                    attempt = attempt.isCompletedExceptionally() ? ask(rotation) : attempt;
                }
            }
        }
    }

    private boolean comesInTime(CompletableFuture<RotateAnswer> attempt) {
        long start = world.nanoTime().getAsLong();
        for (Duration left = policy.spoolAfter(); left.isPositive(); left = left(start)) {
            if (world.await(attempt, left)) {
                return true;
            }
        }
        return attempt.isDone();
    }

    /** Returns for how long to wait on: until the store has recorded nothing for a while, or all patience is at an end. */
    private Duration left(long start) {
        Duration still = policy.spoolAfter().minus(world.since(recordedAt));
        Duration patience = policy.spoolAfter().multipliedBy(PATIENCE).minus(world.since(start));
        return still.compareTo(patience) < 0 ? still : patience;
    }

    /**
     * Brings spooled answers to the store.
     *
     * @return true when nothing is left but what this process is bringing to the store anyhow
     */
    boolean drain() {
        Set<AccountId> awaited = awaiting();
        boolean empty = true;
        for (Rotation rotation : spool.entries()) {
            // What the store is writing needs no second try, nor does what it has written since this look began.
            empty &= writing.contains(rotation) || !spool.holds(rotation.id()) || drained(rotation);
        }
        if (!awaited.isEmpty()) {
            forgetWhatOthersBrought(awaited);
        }
        return empty;
    }

    /** A process with the same spool may have brought an answer to the store that this one received. */
    private void forgetWhatOthersBrought(Set<AccountId> awaited) {
        Set<AccountId> there = spool.accounts();
        awaited.stream()
                .filter(id -> !there.contains(id))
                .filter(id ->
                        writing.stream().noneMatch(rotation -> rotation.id().equals(id)))
                .forEach(awaiting::remove);
    }

    /** Brings the spooled answers of one account to the store; true when none is left. */
    boolean drain(AccountId id) {
        if (!spool.holds(id)) {
            return true;
        }
        spool.entries().stream().filter(r -> r.id().equals(id)).forEach(this::drained);
        return !spool.holds(id);
    }

    private boolean drained(Rotation rotation) {
        try {
            store.rotate(rotation);
            forget(rotation);
            store.note(event(rotation));
            world.tell(new EngineEvent.SpoolDrained(rotation.id(), rotation.spent() + 1));
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    private void forget(Rotation rotation) {
        spool.remove(rotation);
        awaiting.remove(rotation.id());
    }

    private CompletableFuture<RotateAnswer> ask(Rotation rotation) {
        try {
            return CompletableFuture.supplyAsync(() -> store.rotate(rotation), world.executor())
                    .whenComplete((answer, failure) ->
                            recordedAt = failure == null ? world.nanoTime().getAsLong() : recordedAt);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A spooled answer counts as being written until it has left the spool: else it would be brought to the store again. */
    private void ended(Rotation rotation, boolean stored) {
        try {
            if (stored) {
                forget(rotation);
            }
        } catch (StoreUnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "a spooled answer is removed later", e);
        } finally {
            writing.remove(rotation);
        }
    }

    /** What the spool did. */
    private enum Spooling {
        KEPT,
        REFUSED,
        /** Nothing, for it has much to do. Meanwhile the store may answer. */
        CROWDED
    }

    private Spooling spooled(Rotation rotation) {
        if (!spooling.tryAcquire()) {
            return Spooling.CROWDED;
        }
        try {
            spool.put(rotation);
            return Spooling.KEPT;
        } catch (StoreUnavailableException e) {
            return Spooling.REFUSED;
        } finally {
            spooling.release();
        }
    }

    private static AccountEvent event(Rotation rotation) {
        return new AccountEvent(
                rotation.id(),
                rotation.at(),
                AccountEvent.Kind.SPOOLED,
                rotation.spent() + 1,
                rotation.node().value(),
                "the store was slow or away");
    }

    /** Says why the store did not take an answer. */
    private static String failure(CompletableFuture<RotateAnswer> attempt) {
        Throwable cause = attempt.exceptionNow();
        return cause instanceof StoreUnavailableException gone ? gone.getMessage() : String.valueOf(cause);
    }

    private static void complain(Rotation rotation, Optional<String> failure) {
        LOG.log(
                System.Logger.Level.ERROR,
                "X''s answer for account {0} is neither in the store ({1}) nor in the spool: both are asked again and"
                        + " again. Leave this process running until one of them takes it",
                rotation.id(),
                failure.orElse("it does not answer"));
    }
}
