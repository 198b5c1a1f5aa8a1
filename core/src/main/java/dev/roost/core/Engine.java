package dev.roost.core;

import java.time.Duration;

/**
 * The parts that keep the accounts of one app alive, wired to each other and to the outside.
 *
 * @param keeper hands out tokens and refreshes them
 * @param scheduler refreshes ahead of expiry once started
 * @param signInFlow connects accounts
 * @param disconnector takes accounts out
 * @param accounts finds accounts by name
 * @param callerRefreshes refreshes for callers who keep their own tokens
 */
public record Engine(
        TokenKeeper keeper,
        Scheduler scheduler,
        SignInFlow signInFlow,
        Disconnector disconnector,
        Accounts accounts,
        CallerRefreshes callerRefreshes) {

    /**
     * Wires the parts of a process that is alone on its store, or need not hear of others, with
     * {@link CallerRefreshes#REPLAY_WINDOW}. Starts no thread and asks nobody anything.
     */
    public static Engine assemble(
            TokenStore store,
            SignInStore signIns,
            Spool spool,
            TokenEndpoint tokens,
            SignInEndpoint signInEndpoint,
            RefreshPolicy policy,
            World world) {
        return assemble(
                store,
                signIns,
                spool,
                tokens,
                signInEndpoint,
                policy,
                CallerRefreshes.REPLAY_WINDOW,
                Peers.NONE,
                world);
    }

    /**
     * Wires the parts. Starts no thread and asks nobody anything.
     *
     * @param replayWindow see {@link CallerRefreshes}; zero: no answer is kept
     * @throws IllegalArgumentException if the window is negative
     */
    public static Engine assemble(
            TokenStore store,
            SignInStore signIns,
            Spool spool,
            TokenEndpoint tokens,
            SignInEndpoint signInEndpoint,
            RefreshPolicy policy,
            Duration replayWindow,
            Peers peers,
            World world) {
        TokenKeeper keeper = new TokenKeeper(store, spool, tokens, policy, peers, world);
        SignInFlow flow = new SignInFlow(signIns, store, signInEndpoint, tokens, keeper, policy, world);
        return new Engine(
                keeper,
                new Scheduler(keeper, flow, tokens.clientId(), world),
                flow,
                new Disconnector(store, tokens, keeper, policy, world),
                new Accounts(store, tokens.clientId(), keeper::userOf),
                new CallerRefreshes(new KeptTokens(store, keeper, tokens, policy, world), policy, replayWindow, world));
    }

    /**
     * Stops early refreshes and waits for refreshes, sign-ins and disconnections under way.
     *
     * @return false when some were still under way after the duration
     */
    public boolean stop(Duration atMost) {
        scheduler.close();
        callerRefreshes.startNoMore();
        boolean refreshed = keeper.stop(atMost);
        boolean signedIn = signInFlow.awaitLanding(atMost);
        boolean disconnected = disconnector.awaitLanding(atMost);
        return callerRefreshes.awaitLanding(atMost) && refreshed && signedIn && disconnected;
    }
}
