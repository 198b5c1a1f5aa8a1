package dev.roost.core.limits;

import dev.roost.core.AccountId;
import dev.roost.core.TokenPace;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Rests all processes of an app when X turns away the refreshes of several accounts in a row: until X's
 * {@code Retry-After}, or for 5 seconds, twice as long each time up to 5 minutes. Then each process begins with one refresh
 * at a time, and may have one more under way with each that X answers. Safe for many threads.
 */
public final class SharedPace implements TokenPace {
    /** So many accounts in a row: one account alone, or two, may have a trouble of their own. */
    static final int IN_A_ROW = 3;

    private static final RateWindow.Key PAUSE = new RateWindow.Key("POST /2/oauth2/token", "", LimitSpan.PAUSE);
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int FULL = 64;

    private final SharedWindows windows;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<AccountId> turnedAway = new HashSet<>();
    private Duration asked = Duration.ZERO;
    private Instant begunAfter = Instant.MIN;
    private int allowed = Integer.MAX_VALUE;

    /** Knows what these windows hold. */
    public SharedPace(SharedWindows windows) {
        this.windows = windows;
    }

    @Override
    public Optional<Instant> pausedUntil() {
        windows.prompt();
        Instant now = windows.now();
        return windows.last(PAUSE).filter(pause -> pause.isPlausible(now)).map(RateWindow::resetsAt);
    }

    @Override
    public int room() {
        if (pausedUntil().isPresent()) {
            return 0;
        }
        lock.lock();
        try {
            beginSlowly();
            return allowed;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever learnt of a pause, from X or from another process, begins with one. */
    private void beginSlowly() {
        Instant over = windows.last(PAUSE).map(RateWindow::resetsAt).orElse(Instant.MIN);
        if (over.isAfter(begunAfter)) {
            begunAfter = over;
            allowed = 1;
        }
    }

    @Override
    public void turnedAway(AccountId account, Optional<Duration> retryAfter) {
        lock.lock();
        try {
            if (pausedUntil().isPresent()) {
                return;
            }
            turnedAway.add(account);
            asked = retryAfter.filter(wait -> wait.compareTo(asked) > 0).orElse(asked);
            if (turnedAway.size() >= IN_A_ROW) {
                pause();
            }
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        Duration wanted = asked.compareTo(backoff()) > 0 ? asked : backoff();
        Duration length = wanted.compareTo(LimitSpan.PAUSE.length()) > 0 ? LimitSpan.PAUSE.length() : wanted;
        Instant until = windows.now().plus(length);
        windows.learn(new RateWindow(PAUSE, Math.max(1, length.toSeconds()), 0, until, until));
        turnedAway.clear();
        asked = Duration.ZERO;
    }

    /** Twice the last pause, unless that one is long over. */
    private Duration backoff() {
        Duration doubled = windows.last(PAUSE)
                .filter(last -> windows.now().isBefore(last.resetsAt().plus(LONGEST)))
                .map(last -> Duration.ofSeconds(last.limit() * 2))
                .orElse(FIRST);
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    @Override
    public void answered() {
        lock.lock();
        try {
            turnedAway.clear();
            asked = Duration.ZERO;
            if (allowed < FULL) {
                allowed++;
            } else {
                allowed = Integer.MAX_VALUE;
            }
        } finally {
            lock.unlock();
        }
    }
}
