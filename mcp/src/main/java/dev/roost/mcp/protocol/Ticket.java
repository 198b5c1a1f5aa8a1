package dev.roost.mcp.protocol;

import java.util.Optional;
import java.util.concurrent.ThreadFactory;
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
    private boolean cancelled;
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

    /** Stops the work by an interrupt. Does nothing if it is done. */
    public synchronized void cancel() {
        if (!done && !cancelled) {
            cancelled = true;
            worker.interrupt();
        }
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    synchronized void send(ObjectNode message) {
        if (!cancelled && !done) {
            outlet.send(message);
        }
    }

    /** Ends it: returns the answer, unless it was cancelled before. */
    synchronized Optional<JsonNode> done(JsonNode answer) {
        done = true;
        return cancelled ? Optional.empty() : Optional.of(answer);
    }
}
