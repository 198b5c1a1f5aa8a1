package dev.roost.server.guide.tools;

import dev.roost.core.CallerApp;
import dev.roost.core.CallerRefreshes;
import dev.roost.core.Scopes;
import dev.roost.core.SignInEndpoint;
import dev.roost.x.XApi;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What the tools work with.
 *
 * @param api calls of X
 * @param signIn the side of X that takes part in a sign-in
 * @param refreshes refreshes the tokens of callers
 * @param app for which they are refreshed
 * @param scopes what people are asked for
 * @param clock the time of day
 * @param nanoTime a clock that never jumps, in nanoseconds
 * @param random for states, verifiers and keys; must be unpredictable
 */
public record Workshop(
        XApi api,
        SignInEndpoint signIn,
        CallerRefreshes refreshes,
        CallerApp app,
        Scopes scopes,
        InstantSource clock,
        LongSupplier nanoTime,
        RandomGenerator random) {}
