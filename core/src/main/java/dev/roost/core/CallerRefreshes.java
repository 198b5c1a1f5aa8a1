package dev.roost.core;

import java.time.Duration;
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
 *       memory of this process ({@link AnswerMemory}).
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

    private final KeptTokens kept;
    private final TokenEndpoint own;
    private final RefreshPolicy policy;
    private final AnswerSeal seal;
    private final AnswerMemory memory;
    private final CallerRequests requests;
    private final Flights<String, CallerAnswer> flights;
    private final Semaphore permits;
    private volatile boolean stopping;

    /** Wires it; {@code own} is the endpoint that the keeper's accounts are refreshed at. */
    CallerRefreshes(
            TokenStore store,
            TokenKeeper keeper,
            TokenEndpoint own,
            RefreshPolicy policy,
            Duration replayWindow,
            World world) {
        if (replayWindow.isNegative()) {
            throw new IllegalArgumentException(
                    "the replay window is " + replayWindow + "; allowed is zero (no replays) or more");
        }
        this.kept = new KeptTokens(store, keeper, policy, world);
        this.own = own;
        this.policy = policy;
        this.seal = new AnswerSeal(world);
        this.memory = new AnswerMemory(seal, replayWindow, world);
        this.requests = new CallerRequests(memory, policy, world);
        this.flights = new Flights<>(world.executor());
        this.permits = new Semaphore(AT_ONCE, true);
    }

    /**
     * Refreshes a token and waits for the answer. At most {@value #AT_ONCE} run at once. Never throws
     * for anything that X, the network or the store does.
     *
     * @param app for the engine's own app, one with the very endpoint that the engine was wired with
     */
    public CallerAnswer refresh(CallerApp app, RefreshToken token) {
        AnswerSeal.Call call = seal.call(app, token);
        try {
            return flights.join(call.fingerprint(), () -> recalledOrNew(call)).join();
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

    /** Asks X nothing from now on. */
    void startNoMore() {
        stopping = true;
    }

    /** Waits for all that are under way; false when some still are after the duration. */
    boolean awaitLanding(Duration atMost) {
        return flights.awaitLanding(atMost);
    }

    private CallerAnswer recalledOrNew(AnswerSeal.Call call) {
        Optional<CallerAnswer.Rotated> known = memory.recall(call).filter(kept::stands);
        return known.isPresent() ? known.get() : inTurn(call);
    }

    private CallerAnswer inTurn(AnswerSeal.Call call) {
        permits.acquireUninterruptibly();
        try {
            return answer(call);
        } finally {
            permits.release();
        }
    }

    private CallerAnswer answer(AnswerSeal.Call call) {
        if (stopping) {
            return stopping();
        }
        try {
            Optional<Holding> holding = kept.holding(call.app().clientId(), call.token());
            return holding.isPresent() ? keptAnswer(call, holding.get()) : requests.ask(call);
        } catch (StoreUnavailableException e) {
            return notSent("Roost cannot tell whether it keeps this token itself: " + e.getMessage());
        }
    }

    private CallerAnswer keptAnswer(AnswerSeal.Call call, Holding holding) {
        Optional<CallerAnswer> stranger = stranger(call.app());
        if (stranger.isPresent()) {
            return stranger.get();
        }
        if (!call.app().clientId().equals(own.clientId())) {
            return kept.answerForOtherApp(holding);
        }
        CallerAnswer answer = kept.answer(holding, call.token());
        if (answer instanceof CallerAnswer.Rotated rotated && !rotated.replayed()) {
            memory.keep(call, rotated);
        }
        return answer;
    }

    /** What to tell a caller whose credentials X does not accept: nothing of the accounts. */
    private Optional<CallerAnswer> stranger(CallerApp app) {
        if (app.endpoint().equals(own)) {
            return Optional.empty();
        }
        return switch (app.endpoint().probe()) {
            case Verdict.GrantRefused accepted -> Optional.empty();
            case Verdict.Rotated accepted -> Optional.empty();
            case Verdict.AppRejected rejected -> Optional.of(new CallerAnswer.AppRejected(rejected.answer()));
            case Verdict.Throttled throttled ->
                Optional.of(new CallerAnswer.Throttled(throttled.answer(), throttled.retryAfter()));
            case Verdict.NotSent failed -> Optional.of(notSent(failed.reason()));
            case Verdict.Unknown failed -> Optional.of(notSent(failed.reason()));
        };
    }

    private CallerAnswer stopping() {
        return notSent("this process is stopping");
    }

    private CallerAnswer notSent(String why) {
        return new CallerAnswer.NotSent(why, policy.firstBackoff());
    }
}
