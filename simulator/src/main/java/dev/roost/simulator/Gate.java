package dev.roost.simulator;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where requests wait, for a time or for a release. Safe for several threads; an interrupt ends any wait. */
final class Gate {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int held;
    private int releases;

    /** Waits for the next release. */
    void hold() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            int seen = releases;
            held++;
            changed.signalAll();
            while (releases == seen) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits so long in real time. */
    void stall(Duration time) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = time.toNanos();
            while (left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets through whoever is held now; returns how many. */
    int release() {
        lock.lock();
        try {
            int freed = held;
            held = 0;
            releases++;
            changed.signalAll();
            return freed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so many requests are held; returns whether they were before {@code patience} ran out. */
    boolean awaitHeld(int count, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.NANOSECONDS.convert(patience);
            while (held < count && left > 0) {
                left = changed.awaitNanos(left);
            }
            return held >= count;
        } finally {
            lock.unlock();
        }
    }
}
