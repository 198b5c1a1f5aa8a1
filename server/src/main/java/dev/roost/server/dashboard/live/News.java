package dev.roost.server.dashboard.live;

import dev.roost.core.journal.EventLog;
import dev.roost.mcp.catalog.Changes;
import dev.roost.server.telemetry.Standing;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Knows that something happened to any account, by this process (at once) or another (within half a second). While somebody
 * watches, one thread looks at the log of events, for all who watch; nobody watching, none does. Safe for many threads.
 */
final class News {
    private static final System.Logger LOG = System.getLogger(News.class.getName());
    /** How often to look. */
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** News of many accounts at once come together. */
    private static final Duration LEAST_PAUSE = Duration.ofMillis(100);
    /** How long what was counted is good enough, however much happens. */
    private static final Duration FIGURES = Duration.ofSeconds(1);
    /** Counting very many accounts takes long: it takes up a twentieth of the time at most, up to these. */
    private static final Duration LONGEST_FIGURES = Duration.ofSeconds(5);

    private static final int SHARE = 20;

    private final EventLog log;
    private final Standing standing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Condition hint = lock.newCondition();
    private int watchers;
    private boolean isLooking;
    private boolean isPrimed;
    private boolean isLate;
    private boolean isHinted;
    private boolean isStopped;
    private long version;

    /**
     * Looks there.
     *
     * @param changes tells what this process did
     */
    News(EventLog log, Standing standing, Changes changes) {
        this.log = log;
        this.standing = standing;
        var _ = changes.listen(change -> hint());
    }

    /**
     * Counts one more who watches, until {@link #leave}.
     *
     * @return false when there are that many already
     */
    boolean enter(int most) {
        lock.lock();
        try {
            if (watchers >= most || isStopped) {
                return false;
            }
            watchers++;
            if (!isLooking) {
                isLooking = true;
                isPrimed = false;
                Thread.ofVirtual().name("roost-dashboard-news").start(this::look);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            watchers--;
            hint.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until what happens from now on is noticed, or the time is over; in that case there is news as soon as it is noticed,
     * for something may have happened before. Returns the version then.
     */
    long primed(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!isPrimed && !isStopped && left > 0) {
                left = moved.awaitNanos(left);
            }
            isLate |= !isPrimed;
            return version;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is more than the caller has seen, all ends, or the time is over. Returns the version then. */
    long await(long seen, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (version == seen && !isStopped && left > 0) {
                left = moved.awaitNanos(left);
            }
            return version;
        } finally {
            lock.unlock();
        }
    }

    boolean isStopped() {
        lock.lock();
        try {
            return isStopped;
        } finally {
            lock.unlock();
        }
    }

    /** Lets all who watch go. */
    void stop() {
        lock.lock();
        try {
            isStopped = true;
            moved.signalAll();
            hint.signal();
        } finally {
            lock.unlock();
        }
    }

    private void hint() {
        lock.lock();
        try {
            isHinted = true;
            hint.signal();
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        OptionalLong last = position();
        prime();
        boolean isHintedNow = false;
        boolean isOwed = false;
        long due = System.nanoTime();
        try {
            while (isWatched()) {
                OptionalLong now = position();
                boolean isNew = isHintedNow || (now.isPresent() && !now.equals(last));
                isOwed |= isNew;
                boolean isDue = isOwed && System.nanoTime() - due >= 0;
                if (isDue) {
                    // The figures first, so that who fetches the page again gets the new ones.
                    due = renewed();
                    isOwed = false;
                }
                if (isNew || isDue) {
                    tell();
                }
                last = now.isPresent() ? now : last;
                Thread.sleep(LEAST_PAUSE);
                isHintedNow = pause();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Counts anew. Returns when it may be done again at the earliest, by the clock of nanoseconds. */
    private long renewed() {
        long start = System.nanoTime();
        standing.renew();
        long end = System.nanoTime();
        long rest = Math.min((end - start) * SHARE, LONGEST_FIGURES.toNanos());
        return end + Math.max(rest, FIGURES.toNanos());
    }

    /** Ends the looking under the same lock by which it is begun. */
    private boolean isWatched() {
        lock.lock();
        try {
            isLooking = watchers > 0 && !isStopped;
            return isLooking;
        } finally {
            lock.unlock();
        }
    }

    /** Who wakes for no reason looks once too often, and that is all. */
    @SuppressWarnings("WaitNotInLoop")
    private boolean pause() throws InterruptedException {
        lock.lock();
        try {
            long left = PAUSE.toNanos();
            while (!isHinted && watchers > 0 && !isStopped && left > 0) {
                left = hint.awaitNanos(left);
            }
            boolean was = isHinted;
            isHinted = false;
            return was;
        } finally {
            lock.unlock();
        }
    }

    private void prime() {
        lock.lock();
        try {
            isPrimed = true;
            if (isLate) {
                isLate = false;
                version++;
            }
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void tell() {
        lock.lock();
        try {
            version++;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private OptionalLong position() {
        try {
            return OptionalLong.of(log.position());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "the log of events was not read; it is tried again", e);
            return OptionalLong.empty();
        }
    }
}
