package dev.roost.core;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/**
 * Makes X's answer durable, whatever the store does: this is the one moment at which a grant can be lost.
 *
 * <ol>
 *   <li>The store is asked at once.
 *   <li>If it fails, or takes longer than {@link RefreshPolicy#spoolAfter()}, the answer goes to the spool as well.
 *   <li>While neither has it, both are asked again and again. Nobody gets the pair before one of them has it.
 * </ol>
 */
final class Recorder {
    private static final System.Logger LOG = System.getLogger(Recorder.class.getName());
    private static final Duration RETRY = Duration.ofMillis(200);

    private final TokenStore store;
    private final Spool spool;
    private final RefreshPolicy policy;
    private final World world;
    private final Set<Rotation> writing = ConcurrentHashMap.newKeySet();
    private final Set<AccountId> awaiting = ConcurrentHashMap.newKeySet();

    Recorder(TokenStore store, Spool spool, RefreshPolicy policy, World world) {
        this.store = store;
        this.spool = spool;
        this.policy = policy;
        this.world = world;
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

    /** Where an answer rests. */
    sealed interface Resting {
        /** In the store. */
        record Stored(RotateAnswer answer) implements Resting {}

        /** In the spool; {@link #drain} will bring it to the store. */
        record Spooled() implements Resting {}
    }

    /** Returns as soon as the answer is durable, and not before. */
    Resting record(Rotation rotation) {
        CompletableFuture<RotateAnswer> attempt = ask(rotation);
        for (boolean first = true; ; first = false) {
            boolean answered = world.await(attempt, policy.spoolAfter());
            if (answered && !attempt.isCompletedExceptionally()) {
                return new Resting.Stored(attempt.join());
            }
            Optional<String> failure = answered ? Optional.of(failure(attempt)) : Optional.empty();
            if (spooled(rotation)) {
                awaiting.add(rotation.id());
                var _ = attempt.thenRun(() -> forget(rotation));
                world.tell(new EngineEvent.AnswerSpooled(rotation.id(), rotation.spent() + 1, failure));
                return new Resting.Spooled();
            }
            if (first) {
                complain(rotation, failure);
            }
            world.pause(RETRY);
            attempt = attempt.isCompletedExceptionally() ? ask(rotation) : attempt;
        }
    }

    /**
     * Brings spooled answers to the store.
     *
     * @return true when nothing is left but what this process is bringing to the store anyhow
     */
    boolean drain() {
        boolean empty = true;
        for (Rotation rotation : spool.entries()) {
            // What the store is writing at this moment needs no second try.
            empty &= writing.contains(rotation) || drained(rotation);
        }
        return empty;
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
            writing.add(rotation);
            return CompletableFuture.supplyAsync(() -> store.rotate(rotation), world.executor())
                    .whenComplete((answer, failure) -> writing.remove(rotation));
        } catch (RejectedExecutionException e) {
            writing.remove(rotation);
            return CompletableFuture.failedFuture(e);
        }
    }

    private boolean spooled(Rotation rotation) {
        try {
            spool.put(rotation);
            return true;
        } catch (StoreUnavailableException e) {
            return false;
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
