package dev.roost.server.http;

import dev.roost.core.Accounts;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.AuditTrail;
import dev.roost.server.oauth.AccessTokens;
import dev.roost.server.session.Sessions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What the gate needs to know and to keep.
 *
 * @param keys the API keys
 * @param audit where it notes who did what
 * @param accounts finds the account that a request names
 * @param clock the time of day
 * @param nanoTime a clock that never jumps, in nanoseconds
 * @param random for the names of requests
 * @param watch hears of every request that was answered
 * @param tokens the access tokens of agents; empty when there is no authorization server
 * @param sessions of browsers; empty where there is no dashboard
 */
public record Guards(
        ApiKeys keys,
        AuditTrail audit,
        Accounts accounts,
        InstantSource clock,
        LongSupplier nanoTime,
        RandomGenerator random,
        RequestWatch watch,
        Optional<AccessTokens> tokens,
        Optional<Sessions> sessions) {

    /** Returns how agents are told what they lack. */
    public Challenges challenges() {
        return Challenges.of(tokens.map(AccessTokens::resource));
    }
}
