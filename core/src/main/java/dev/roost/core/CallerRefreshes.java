package dev.roost.core;

import dev.roost.core.CallerMemory.Call;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * Refreshes for callers who keep their own refresh tokens and bring them with each call.
 *
 * <ol>
 *   <li>The same call made many times at once makes one request to X, and all get its answer. No caller can cancel it.
 *   <li>A call made again within the replay window gets the same pair: its first answer may not have arrived. The window is
 *       memory of this process ({@link SealedMemory}).
 *   <li>A token that Roost keeps is refreshed through the engine; one that it spent just before brings the pair that it was
 *       spent for; an older one is not sent ({@link KeptTokens}). Credentials other than the engine's own are tried at X
 *       first, by a probe that costs no grant.
 *   <li>Any other token is sent to X, once. After a missing answer the same call is the guarded retry: if X then refuses
 *       the token, the answer says when the pair was lost.
 * </ol>
 *
 * <p>What X says of an app here opens no breaker, and an open one stops nothing here. Safe for many threads. The same token
 * with other credentials, or brought to another process or imported at the same moment, is another call.
 */
public final class CallerRefreshes {
    /** For how long answers are kept unless told otherwise. */
    public static final Duration REPLAY_WINDOW = Duration.ofMinutes(2);

    /** Bounds the connections to X. The callers wait for their answers, so this is far above the engine's own concurrency. */
    static final int AT_ONCE = 256;

    private final KeptGrants kept;
    private final RefreshPolicy policy;
    private final CallerMemory memory;
    private final CallerRequests requests;
    private final Flights<List<Secret>, CallerAnswer> flights;
    private final World.Sleeper sleeper;
    private final Semaphore permits;
    private volatile boolean stopping;

    CallerRefreshes(KeptGrants kept, RefreshPolicy policy, Duration replayWindow, World world) {
        this.kept = kept;
        this.policy = policy;
        this.memory = new CallerMemory(replayWindow, world);
        this.requests = new CallerRequests(memory, policy, world);
        this.flights = new Flights<>(world.executor());
        this.sleeper = world.sleeper();
        this.permits = new Semaphore(AT_ONCE, true);
    }

    /**
     * Makes one for a process that keeps no accounts and so needs no store: each token is taken for the caller's alone, and
     * whatever is remembered is gone with the process. Starts no thread and asks nobody anything. End it with {@link #stop}.
     *
     * @param replayWindow for how long answers are kept, such as {@link #REPLAY_WINDOW}; zero: none is
     * @throws IllegalArgumentException if the window is negative
     */
    public static CallerRefreshes withoutStore(Duration replayWindow, World world) {
        return new CallerRefreshes(KeptGrants.NONE, RefreshPolicy.DEFAULT, replayWindow, world);
    }

    /**
     * Refreshes a token and waits for the answer. At most {@value #AT_ONCE} run at once. Never throws
     * for anything that X, the network or the store does.
     *
     * @param app any app of X's; for the engine's own, one with the very endpoint that the engine was wired with
     */
    public CallerAnswer refresh(CallerApp app, RefreshToken token) {
        Call call = Call.of(app, token, kept.isOwn(app));
        try {
            return flights.join(call.secrets(), () -> recalledOrNew(call)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RejectedExecutionException) {
                return stopping();
            }
            throw e;
        }
    }

    /** Returns how many are under way. */
    public int underWay() {
        return flights.count();
    }

    /** Returns how many answers are kept for replay. */
    public int remembered() {
        return memory.size();
    }

    /**
     * Asks X nothing from now on, and waits for what was sent. Answers that are kept are still given.
     *
     * @return false when some were still under way after the duration
     */
    public boolean stop(Duration atMost) {
        startNoMore();
        return awaitLanding(atMost);
    }

    /** Asks X nothing from now on. */
    void startNoMore() {
        stopping = true;
    }

    /** Waits for all that are under way; false when some still are after the duration. */
    boolean awaitLanding(Duration atMost) {
        return flights.awaitLanding(atMost, sleeper);
    }

    private CallerAnswer recalledOrNew(Call call) {
        Optional<CallerAnswer.Rotated> known = memory.recall(call).filter(kept::stands);
        return known.isPresent() ? known.get() : inTurn(call);
    }

    private CallerAnswer inTurn(Call call) {
        permits.acquireUninterruptibly();
        try {
            return answer(call);
        } finally {
            permits.release();
        }
    }

    private CallerAnswer answer(Call call) {
        if (stopping) {
            return stopping();
        }
        try {
            Optional<CallerAnswer> known = kept.answer(call.app(), call.token());
            known.ifPresent(answer -> keepIfNew(call, answer));
            return known.orElseGet(() -> requests.ask(call));
        } catch (StoreUnavailableException e) {
            return notSent("Roost cannot tell whether it keeps this token itself: " + e.getMessage());
        }
    }

    private void keepIfNew(Call call, CallerAnswer answer) {
        if (answer instanceof CallerAnswer.Rotated rotated && !rotated.replayed()) {
            memory.keep(call, rotated);
        }
    }

    private CallerAnswer stopping() {
        return notSent("this process is stopping");
    }

    private CallerAnswer notSent(String why) {
        return new CallerAnswer.NotSent(why, policy.firstBackoff());
    }
}
