package dev.roost.x;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Waits for an answer that must not be lost to an interrupt, nor to this process having stood still. Used once, by one
 * thread, which finds its interrupt again when this is closed.
 */
final class Patience implements AutoCloseable {
    private static final Duration LONGEST_AFTER_A_PAUSE = Duration.ofSeconds(5);
    private static final int STEPS = 10;

    private final Future<?> coming;
    private boolean interrupted;

    Patience(Future<?> coming) {
        this.coming = coming;
    }

    /** Waits for so long; tells whether the answer is there. An interrupt ends it if this agrees, who is asked only then. */
    boolean waited(Duration time, BooleanSupplier givesUp) {
        long end = System.nanoTime() + time.toNanos();
        while (!coming.isDone()) {
            try {
                coming.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
                if (givesUp.getAsBoolean()) {
                    return false;
                }
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException e) {
                return true;
            }
        }
        return true;
    }

    /**
     * Waits after the deadline: if the process, its VM or its CPU stood still past it, the answer may have been lying in
     * this machine's socket all along, and reading it takes a moment. Counted in steps, so that another pause costs one
     * step and not the answer.
     *
     * <p>Half of the deadline, at most 5 seconds. Reading takes milliseconds, on a starved CPU perhaps a second or two; a
     * refresh still ends within 35 seconds, its lease is 90 seconds long, and an X that hangs costs a sixth more.
     */
    boolean waitedAfterAPause(Duration deadline) {
        Duration step = afterAPause(deadline).dividedBy(STEPS);
        for (int i = 0; i < STEPS; i++) {
            if (waited(step, () -> false)) {
                return true;
            }
        }
        return false;
    }

    static Duration afterAPause(Duration deadline) {
        Duration half = deadline.dividedBy(2);
        return half.compareTo(LONGEST_AFTER_A_PAUSE) < 0 ? half : LONGEST_AFTER_A_PAUSE;
    }

    /** Tells whether an interrupt came. */
    boolean isInterrupted() {
        return interrupted;
    }

    @Override
    public void close() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
