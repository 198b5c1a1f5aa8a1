package dev.roost.testkit;

import dev.roost.core.AccessToken;
import dev.roost.core.RefreshToken;
import dev.roost.core.Scopes;
import dev.roost.core.Secret;
import dev.roost.core.SignInEndpoint;
import dev.roost.core.TokenEndpoint;
import dev.roost.core.TokenPair;
import dev.roost.core.Verdict;
import dev.roost.core.XAnswer;
import dev.roost.core.XUser;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * X in a few lines, for tests of the engine that need no HTTP: refresh tokens are worth one new pair each, a user has
 * one grant, and the next answers can be scripted. Safe for many threads.
 */
public final class ScriptedX implements TokenEndpoint, SignInEndpoint {
    /** The app it knows. */
    public static final String CLIENT_ID = "scripted-app";
    /** What X says of a dead refresh token. */
    public static final XAnswer TOKEN_INVALID =
            new XAnswer(400, "invalid_request", "Value passed for the token was invalid.");
    /** What X says of an app whose secret is wrong. */
    public static final XAnswer APP_INVALID =
            new XAnswer(401, "unauthorized_client", "Missing valid authorization header");

    private final ConcurrentLinkedQueue<UnaryOperator<Verdict>> afterwards = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Verdict> instead = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<IdentifyAnswer> identifications = new ConcurrentLinkedQueue<>();
    private final List<String> sent = new ArrayList<>();
    private final Map<String, XUser> liveRefresh = new HashMap<>();
    private final Map<String, XUser> liveAccess = new HashMap<>();
    private final Set<String> revoked = new HashSet<>();
    private final AtomicInteger serial = new AtomicInteger();
    private final AtomicInteger probes = new AtomicInteger();
    private volatile boolean appAccepted = true;
    private volatile boolean sendsRefreshTokens = true;
    private volatile Scopes granted = Scopes.DEFAULT;

    /** The next refresh gets this answer and its token is not looked at. */
    public void answerInstead(Verdict verdict) {
        instead.add(verdict);
    }

    /** The next refresh is processed, and then its answer is replaced: a lost answer, say. */
    public void answerAfterwards(UnaryOperator<Verdict> change) {
        afterwards.add(change);
    }

    /** The next question whose token it is gets this answer. */
    public void identifyAs(IdentifyAnswer answer) {
        identifications.add(answer);
    }

    /** Accepts or rejects the app itself. */
    public void acceptApp(boolean accepted) {
        appAccepted = accepted;
    }

    /** Whether a refresh brings a new refresh token too; it does unless told otherwise. */
    public void sendRefreshTokens(boolean sends) {
        sendsRefreshTokens = sends;
    }

    /** What the next sign-ins grant. */
    public void grant(Scopes scopes) {
        granted = scopes;
    }

    /** Makes a grant as if the user had consented; it ends the user's earlier one. */
    public synchronized TokenPair issue(XUser user) {
        revoke(user);
        return pair(user);
    }

    /** Ends the user's grant. */
    public synchronized void revoke(XUser user) {
        liveRefresh.values().removeIf(user::equals);
        liveAccess.values().removeIf(user::equals);
    }

    /** Tells whether X would accept this refresh token. */
    public synchronized boolean accepts(RefreshToken token) {
        return liveRefresh.containsKey(token.expose());
    }

    /** Returns how many refreshes reached X. */
    public synchronized int sends() {
        return sent.size();
    }

    /** Returns how often this refresh token reached X. */
    public synchronized long sends(RefreshToken token) {
        return sent.stream().filter(token.expose()::equals).count();
    }

    /** Returns how many probes were made. */
    public int probes() {
        return probes.get();
    }

    @Override
    public String clientId() {
        return CLIENT_ID;
    }

    @Override
    public Verdict refresh(RefreshToken token) {
        Verdict scripted = instead.poll();
        if (scripted != null) {
            return scripted;
        }
        Verdict verdict = appAccepted ? spend(token) : new Verdict.AppRejected(APP_INVALID);
        UnaryOperator<Verdict> change = afterwards.poll();
        return change == null ? verdict : change.apply(verdict);
    }

    @Override
    public Verdict probe() {
        probes.incrementAndGet();
        return appAccepted ? new Verdict.GrantRefused(TOKEN_INVALID) : new Verdict.AppRejected(APP_INVALID);
    }

    @Override
    public synchronized Optional<String> revoke(TokenPair tokens) {
        revoked.add(tokens.refresh().expose());
        liveRefresh.remove(tokens.refresh().expose());
        liveAccess.remove(tokens.access().expose());
        return appAccepted ? Optional.empty() : Optional.of("X rejects the app");
    }

    /** Tells whether this pair was revoked by the app. */
    public synchronized boolean wasRevoked(TokenPair tokens) {
        return revoked.contains(tokens.refresh().expose());
    }

    @Override
    public URI authorizationUrl(URI redirectUri, Scopes scopes, Secret state, Secret codeVerifier) {
        return URI.create("https://x.example/authorize?state=" + state.expose());
    }

    /** The code is the username of who consents, followed by a dot and the user id. */
    @Override
    public ExchangeAnswer exchange(Secret code, Secret codeVerifier, URI redirectUri) {
        String[] parts = code.expose().split("\\.", 2);
        if (parts.length != 2) {
            return new ExchangeAnswer.Refused(
                    new XAnswer(400, "invalid_request", "Value passed for the authorization code was invalid."));
        }
        TokenPair pair = issue(new XUser(parts[1], parts[0]));
        Optional<RefreshToken> refresh =
                granted.has(Scopes.OFFLINE_ACCESS) ? Optional.of(pair.refresh()) : Optional.empty();
        return new ExchangeAnswer.Issued(pair.access(), refresh, Duration.ofHours(2), granted);
    }

    @Override
    public synchronized IdentifyAnswer identify(AccessToken token) {
        IdentifyAnswer scripted = identifications.poll();
        if (scripted != null) {
            return scripted;
        }
        XUser user = liveAccess.get(token.expose());
        return user == null
                ? new IdentifyAnswer.Rejected(new XAnswer(401, "", "Unauthorized"))
                : new IdentifyAnswer.Identified(user);
    }

    private synchronized Verdict spend(RefreshToken token) {
        sent.add(token.expose());
        XUser user = liveRefresh.get(token.expose());
        if (user == null) {
            return new Verdict.GrantRefused(TOKEN_INVALID);
        }
        if (!sendsRefreshTokens) {
            AccessToken access = AccessToken.of("access-" + serial.incrementAndGet());
            liveAccess.put(access.expose(), user);
            return new Verdict.Rotated(access, Optional.empty(), Duration.ofHours(2), Optional.empty());
        }
        liveRefresh.remove(token.expose());
        TokenPair pair = pair(user);
        return new Verdict.Rotated(
                pair.access(), Optional.of(pair.refresh()), Duration.ofHours(2), Optional.of(Scopes.DEFAULT));
    }

    private TokenPair pair(XUser user) {
        int number = serial.incrementAndGet();
        TokenPair pair = new TokenPair(AccessToken.of("access-" + number), RefreshToken.of("refresh-" + number));
        liveRefresh.put(pair.refresh().expose(), user);
        liveAccess.put(pair.access().expose(), user);
        return pair;
    }
}
