package dev.roost.core;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

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

    Recorder(TokenStore store, Spool spool, RefreshPolicy policy, World world) {
        this.store = store;
        this.spool = spool;
        this.policy = policy;
        this.world = world;
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
            try {
                return new Resting.Stored(attempt.copy()
                        .orTimeout(policy.spoolAfter().toMillis(), MILLISECONDS)
                        .join());
            } catch (CompletionException e) {
                complain(first, rotation, e);
            }
            if (spooled(rotation)) {
                var _ = attempt.thenRun(() -> spool.remove(rotation));
                return new Resting.Spooled();
            }
            world.pause(RETRY);
            attempt = attempt.isCompletedExceptionally() ? ask(rotation) : attempt;
        }
    }

    /**
     * Brings spooled answers to the store.
     *
     * @return true when the spool is empty now
     */
    boolean drain() {
        boolean empty = true;
        for (Rotation rotation : spool.entries()) {
            empty &= drained(rotation);
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
            spool.remove(rotation);
            store.note(event(rotation));
            LOG.log(
                    System.Logger.Level.INFO,
                    "spooled answer recorded account={0} generation={1}",
                    rotation.id(),
                    rotation.spent() + 1);
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    private CompletableFuture<RotateAnswer> ask(Rotation rotation) {
        return CompletableFuture.supplyAsync(() -> store.rotate(rotation), world.executor());
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

    private static void complain(boolean first, Rotation rotation, CompletionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        if (first && e.getCause() instanceof StoreUnavailableException gone) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "X''s answer for account {0} is not recorded yet ({1}): it goes to the spool and is recorded when the"
                            + " store is back; do not delete the data folder",
                    rotation.id(),
                    gone.getMessage());
        }
    }
}
