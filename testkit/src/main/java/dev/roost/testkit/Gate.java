package dev.roost.testkit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Holds threads at a place until a test lets them go on; afterwards it holds nobody. Safe for many threads. */
public final class Gate {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Semaphore held = new Semaphore(0);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Waits here until the gate is open, and returns its argument. */
    public <T> T holdHere(T value) {
        held.release();
        try {
            if (!opened.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody opened the gate within " + PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at the gate", e);
        }
        return value;
    }

    /**
     * Waits until that many threads have come to the gate.
     *
     * @throws IllegalStateException if they have not within 30 seconds
     */
    public void awaitHeld(int threads) throws InterruptedException {
        if (!held.tryAcquire(threads, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(threads + " threads did not come to the gate within " + PATIENCE);
        }
    }

    /** Lets everybody through, now and from now on. */
    public void open() {
        opened.countDown();
    }
}
