package dev.roost.cli.wiring;

import dev.roost.core.SignInEndpoint;
import dev.roost.core.TokenEndpoint;
import dev.roost.core.limits.RateBudget;
import dev.roost.server.mcp.stateless.CallerApps;
import dev.roost.x.XApi;
import dev.roost.x.XClock;
import dev.roost.x.XSettings;
import dev.roost.x.XSignIn;
import dev.roost.x.XStream;
import dev.roost.x.XTokenEndpoint;
import dev.roost.x.XTransport;
import dev.roost.x.XWatch;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The ways to X, all over one transport.
 *
 * @param transport what they send with
 * @param api calls of API v2
 * @param stream calls that are passed on as they are
 * @param clock X's clock
 * @param tokens its token endpoint, as Roost's own app
 * @param signIn its consent page and code exchange
 * @param apps its token endpoint, as the apps of callers
 */
record WaysToX(
        XTransport transport,
        XApi api,
        XStream stream,
        XClock clock,
        TokenEndpoint tokens,
        SignInEndpoint signIn,
        CallerApps apps) {

    static WaysToX of(XSettings app, XWatch watch, InstantSource clock, SecureRandom random, RateBudget budget) {
        XTransport transport = new XTransport(app, Version.text(), watch);
        TokenEndpoint tokens = new XTokenEndpoint(app, transport, clock, random);
        return new WaysToX(
                transport,
                new XApi(app, transport, clock, budget),
                new XStream(app, transport, clock, budget),
                new XClock(app, transport, clock),
                tokens,
                new XSignIn(app, transport, clock),
                new CallerApps(
                        app, Optional.of(new CallerApps.Own(tokens, app.clientSecret())), transport, clock, random));
    }
}
