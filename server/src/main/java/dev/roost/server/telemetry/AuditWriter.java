package dev.roost.server.telemetry;

import dev.roost.core.access.AuditTrail;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Writes the audit trail every second, and what is left of it at the end. */
public final class AuditWriter implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AuditWriter.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LAST = Duration.ofSeconds(10);

    private final AuditTrail trail;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("roost-audit").factory());

    private AuditWriter(AuditTrail trail) {
        this.trail = trail;
    }

    /** Starts writing, on a thread of its own. */
    public static AuditWriter start(AuditTrail trail) {
        AuditWriter writer = new AuditWriter(trail);
        var _ = writer.timer.scheduleWithFixedDelay(
                writer::write, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        return writer;
    }

    /** Writes what is left, and ends. Waits up to 10 seconds for a write under way. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(LAST.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "the audit trail is still being written; its end may be lost");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        write();
        int left = trail.waiting();
        if (left > 0) {
            LOG.log(System.Logger.Level.WARNING, "{0} rows of the audit trail are lost: the store is away", left);
        }
    }

    private void write() {
        try {
            var _ = trail.flush();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the audit trail was not written; it is tried again", e);
        }
    }
}
