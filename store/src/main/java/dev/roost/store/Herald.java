package dev.roost.store;

import dev.roost.core.AccountId;
import dev.roost.core.ChangeFeed.Change;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;

/**
 * Tells other processes of rotations, after they have become durable and many at once: within their transactions each would
 * wait for the others on the whole server. What cannot be told is forgotten, for the others look by themselves a few seconds
 * later. Safe for many threads.
 */
final class Herald {
    private static final Logger LOG = System.getLogger(Herald.class.getName());
    /** What is told here is durable already, or need not be: nobody waits for a disk. */
    private static final String UNHURRIED = "SELECT set_config('synchronous_commit', 'off', true)";

    private static final long REST_NANOS = Duration.ofMillis(20).toNanos();
    /** How many wait at most; while the database hangs, the rest is forgotten. */
    private static final int MOST = 20_000;

    private final SqlGate gate;
    private final ConcurrentLinkedQueue<Change.Rotated> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean telling = new AtomicBoolean();
    private volatile boolean closed;

    /** @param closed whether there is nobody to tell, as on SQLite */
    Herald(SqlGate gate, boolean closed) {
        this.gate = gate;
        this.closed = closed;
    }

    /** Tells of a rotation soon. Returns at once. */
    void rotated(AccountId account, long generation) {
        if (closed || size.get() >= MOST) {
            return;
        }
        size.incrementAndGet();
        waiting.add(new Change.Rotated(account, generation));
        begin();
    }

    /** Tells this text now, and throws if it cannot. */
    void tellNow(String text) {
        gate.change(handle -> tell(handle, text));
    }

    /** Tells nothing more. */
    void close() {
        closed = true;
    }

    private void begin() {
        if (telling.compareAndSet(false, true)) {
            Thread.ofVirtual().name("roost-herald").start(this::tellAll);
        }
    }

    private void tellAll() {
        try {
            for (List<Change.Rotated> some = next(); !some.isEmpty() && !closed; some = next()) {
                tellNow(ChangeText.of(some));
                LockSupport.parkNanos(REST_NANOS);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "other processes are not told of some rotations", e);
        } finally {
            telling.set(false);
        }
        if (!waiting.isEmpty() && !closed) {
            begin();
        }
    }

    private List<Change.Rotated> next() {
        List<Change.Rotated> some = new ArrayList<>();
        while (some.size() < ChangeText.MOST) {
            Change.Rotated one = waiting.poll();
            if (one == null) {
                break;
            }
            size.decrementAndGet();
            some.add(one);
        }
        return some;
    }

    private static void tell(Handle handle, String text) {
        handle.createQuery(UNHURRIED).mapTo(String.class).one();
        Notices.tell(handle, text);
    }
}
