package dev.roost.mcp.protocol;

import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that is worked on by a thread of its own. Whoever has it can cancel it; from then on nothing more is sent for it.
 * Safe for many threads.
 */
public final class Ticket {
    private final Outlet outlet;
    private final Thread worker;
    private final ReentrantLock sending = new ReentrantLock();
    private volatile boolean cancelled;
    private boolean interrupted;
    private boolean done;

    /**
     * Prepares the work; {@link #start} starts it.
     *
     * @param outlet where messages about it go
     * @param work what the thread does; it gets this ticket
     */
    public Ticket(ThreadFactory threads, Outlet outlet, Consumer<Ticket> work) {
        this.outlet = outlet;
        this.worker = threads.newThread(() -> work.accept(this));
    }

    /** Starts the work. */
    public void start() {
        worker.start();
    }

    /**
     * Stops the work by an interrupt. Does nothing if it is done. Never waits: a message that is being sent to a client that does
     * not read is not interrupted, for half of it may be written; the interrupt follows it.
     */
    public void cancel() {
        cancelled = true;
        interrupt();
    }

    /** Once, and never later than {@link #done}. Who holds the lock looks for it afterwards. */
    private void interrupt() {
        if (sending.tryLock()) {
            try {
                if (!done && !interrupted) {
                    interrupted = true;
                    worker.interrupt();
                }
            } finally {
                sending.unlock();
            }
        }
    }

    boolean isCancelled() {
        return cancelled;
    }

    void send(ObjectNode message) {
        sending.lock();
        try {
            if (!cancelled && !done) {
                outlet.send(message);
            }
        } finally {
            sending.unlock();
        }
        if (cancelled) {
            interrupt();
        }
    }

    /**
     * Ends it: returns the answer, unless it was cancelled before. For the worker itself, which is not interrupted any more
     * afterwards.
     */
    Optional<JsonNode> done(JsonNode answer) {
        sending.lock();
        try {
            done = true;
            if (!cancelled) {
                return Optional.of(answer);
            }
            var _ = Thread.interrupted();
            return Optional.empty();
        } finally {
            sending.unlock();
        }
    }
}
