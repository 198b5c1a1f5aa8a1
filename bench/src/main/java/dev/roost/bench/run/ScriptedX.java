package dev.roost.bench.run;

import dev.roost.core.AccessToken;
import dev.roost.core.RefreshToken;
import dev.roost.core.Scopes;
import dev.roost.core.Secret;
import dev.roost.core.SignInEndpoint;
import dev.roost.core.TokenEndpoint;
import dev.roost.core.TokenPair;
import dev.roost.core.Verdict;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * X as a call within the process: every refresh brings a new pair, after a while. Safe for many threads.
 *
 * @param takes how long each answer takes; zero: none
 */
record ScriptedX(Duration takes) implements TokenEndpoint, SignInEndpoint {
    static final String CLIENT_ID = "bench-app";
    static final Duration LIFETIME = Duration.ofHours(2);
    /** As long as X's tokens are. */
    private static final String FILLING = "Q2hpcnBDaGlycENoaXJwQ2hpcnBDaGlycENoaXJwQ2hpcnBDaGlycENoaXJwQ2hpcnBDaGlycA";

    private static final AtomicLong NUMBER = new AtomicLong(System.nanoTime());

    /** Makes a pair that nobody else has. */
    static TokenPair pair() {
        String tail = String.format("%016x", NUMBER.incrementAndGet());
        return new TokenPair(AccessToken.of(FILLING + "a" + tail), RefreshToken.of(FILLING + "r" + tail));
    }

    @Override
    public String clientId() {
        return CLIENT_ID;
    }

    @Override
    public Verdict refresh(RefreshToken token) {
        if (!takes.isZero()) {
            try {
                Thread.sleep(takes);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Verdict.Unknown("interrupted");
            }
        }
        TokenPair pair = pair();
        return new Verdict.Rotated(pair.access(), Optional.of(pair.refresh()), LIFETIME, Optional.empty());
    }

    @Override
    public Verdict probe() {
        return new Verdict.NotSent("there is no X here");
    }

    @Override
    public Optional<String> revoke(TokenPair tokens) {
        return Optional.empty();
    }

    @Override
    public URI authorizationUrl(URI redirectUri, Scopes scopes, Secret state, Secret codeVerifier) {
        return redirectUri;
    }

    @Override
    public ExchangeAnswer exchange(Secret code, Secret codeVerifier, URI redirectUri) {
        return new ExchangeAnswer.Failed("there is no X here");
    }

    @Override
    public IdentifyAnswer identify(AccessToken token) {
        return new IdentifyAnswer.Unanswered("there is no X here");
    }
}
