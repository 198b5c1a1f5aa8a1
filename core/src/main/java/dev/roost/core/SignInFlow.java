package dev.roost.core;

import dev.roost.core.SignInEndpoint.ExchangeAnswer;
import dev.roost.core.SignInStore.ImportAnswer;
import dev.roost.core.SignInStore.StateAnswer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Takes an account through X's consent (authorization code with PKCE), once, and imports grants from elsewhere.
 *
 * <ol>
 *   <li>{@link #start} keeps state and verifier sealed and returns the address for the person.
 *   <li>{@link #complete} uses the state up, exchanges the code, and keeps the pair before anything else: X has just
 *       killed any earlier grant of this user, so this pair is the only live one.
 *   <li>Only then X is asked whose it is. If it does not say, {@link #resume} asks again later.
 *   <li>The account is recorded, unless another user was expected ({@link Arrivals}).
 * </ol>
 *
 * <p>Safe for many threads and processes: a state is worth one exchange. What has begun goes on on a thread of its own,
 * whatever becomes of the caller.
 */
public final class SignInFlow {
    private static final System.Logger LOG = System.getLogger(SignInFlow.class.getName());
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final String IMPORT = "import";

    private final SignInStore signIns;
    private final SignInEndpoint x;
    private final TokenEndpoint tokens;
    private final World world;
    private final Arrivals arrivals;
    private final Flights<Secret, SignInOutcome> flights;
    private final Flights<String, Boolean> resumes;
    private final AtomicBoolean resuming = new AtomicBoolean();

    /** Wires the flow for the app of the endpoints. */
    public SignInFlow(
            SignInStore signIns,
            TokenStore store,
            SignInEndpoint x,
            TokenEndpoint tokens,
            TokenKeeper keeper,
            RefreshPolicy policy,
            World world) {
        this.signIns = signIns;
        this.x = x;
        this.tokens = tokens;
        this.world = world;
        RefreshTimes times = new RefreshTimes(policy, world.random());
        this.arrivals = new Arrivals(signIns, x, new Admission(store, signIns, tokens, keeper, times, world), world);
        this.flights = new Flights<>(world.executor());
        this.resumes = new Flights<>(world.executor());
    }

    /**
     * A sign-in that has begun.
     *
     * @param signIn the sign-in, pending
     * @param authorizationUrl where the person consents; valid until the sign-in expires
     */
    public record Started(SignIn signIn, URI authorizationUrl) {}

    /**
     * Begins a sign-in that must be finished within 10 minutes.
     *
     * @param redirectUri one of the callback addresses registered with the X app, to the letter
     * @param expectedUser the X user id or username that must come back, if it matters
     * @throws StoreUnavailableException if it cannot be kept
     */
    public Started start(URI redirectUri, Scopes scopes, Optional<String> expectedUser) {
        return start(redirectUri, scopes, expectedUser, SignInOrigin.NO_PROGRAM);
    }

    /** Like {@link #start(URI, Scopes, Optional)}, for whoever this is. */
    public Started start(URI redirectUri, Scopes scopes, Optional<String> expectedUser, SignInOrigin origin) {
        SignIn signIn = newSignIn(redirectUri, scopes, expectedUser, origin, new SignInStatus.Pending());
        Secret state = randomSecret();
        Secret verifier = randomSecret();
        signIns.open(signIn, state, verifier);
        return new Started(signIn, x.authorizationUrl(redirectUri, scopes, state, verifier));
    }

    /**
     * Goes on with a sign-in when X sends the person back, and waits for the outcome.
     *
     * @param state what X returned; only its first use counts
     * @param answer the authorization code, or X's refusal
     * @throws StoreUnavailableException if the store is away; nothing was sent to X then
     */
    public SignInOutcome complete(Secret state, CallbackAnswer answer) {
        return detached(state, () -> switch (signIns.claim(state, world.clock().instant())) {
            case StateAnswer.Unknown unknown -> new SignInOutcome.UnknownState();
            case StateAnswer.Used used -> new SignInOutcome.AlreadyUsed(used.signIn());
            case StateAnswer.Expired expired -> arrivals.end(expired.signIn(), new SignInStatus.Expired());
            case StateAnswer.Yours yours -> goOn(yours, answer);
        });
    }

    /**
     * Takes over a grant from elsewhere by spending its refresh token, and waits for the outcome. Whoever held it before
     * must stop using it. A token that Roost keeps, or has spent before, is not sent.
     *
     * @param expectedUser the X user id or username it must belong to, if it matters
     * @throws StoreUnavailableException if the store is away; nothing was sent to X then
     */
    public SignInOutcome importGrant(RefreshToken token, Optional<String> expectedUser) {
        return importGrant(token, expectedUser, SignInOrigin.NO_PROGRAM);
    }

    /** Like {@link #importGrant(RefreshToken, Optional)}, for whoever this is. */
    public SignInOutcome importGrant(RefreshToken token, Optional<String> expectedUser, SignInOrigin origin) {
        return detached(token.value(), () -> spend(token, expectedUser, origin));
    }

    /** Returns the sign-in with this id as it stands. */
    public Optional<SignIn> find(String signInId) {
        return signIns.signIn(signInId);
    }

    /** Goes on with the pairs that are kept and have no account yet, since X did not say whose they are. Blocks. */
    public void resume() {
        arrivals.resume(tokens.clientId(), this::importGrant);
    }

    /**
     * Like {@link #resume}, for a caller who may be called off: it runs on a thread of its own, once at a time in a process.
     *
     * @throws InterruptedException if the thread was interrupted; what has begun goes on
     */
    public void resumeOrLeave() throws InterruptedException {
        resumes.await("all", () -> {
            resume();
            return true;
        });
    }

    /** Starts {@link #resume} unless it is under way. Returns at once. */
    void resumeInBackground() {
        if (!resuming.compareAndSet(false, true)) {
            return;
        }
        try {
            world.executor().execute(this::resumeAndSayWhy);
        } catch (RejectedExecutionException stopped) {
            resuming.set(false);
        }
    }

    /** Waits for what is under way; false when something still is after the duration. */
    boolean awaitLanding(Duration atMost) {
        boolean signedIn = flights.awaitLanding(atMost, world.sleeper());
        return resumes.awaitLanding(atMost, world.sleeper()) && signedIn;
    }

    static boolean isImport(SignIn signIn) {
        return IMPORT.equals(signIn.redirectUri().getScheme());
    }

    private void resumeAndSayWhy() {
        try {
            resume();
        } catch (StoreUnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "no sign-in goes on while the store is away: {0}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "going on with sign-ins failed; it is tried again", e);
        } finally {
            resuming.set(false);
        }
    }

    private SignInOutcome detached(Secret key, Supplier<SignInOutcome> work) {
        try {
            return flights.join(key, work).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof KeeperException known) {
                throw known;
            }
            throw e;
        }
    }

    private SignInOutcome goOn(StateAnswer.Yours claimed, CallbackAnswer answer) {
        return switch (answer) {
            case CallbackAnswer.Denied denied -> arrivals.end(claimed.signIn(), new SignInStatus.Denied());
            case CallbackAnswer.Refusal refusal -> arrivals.end(claimed.signIn(), SignInFailures.callback(refusal));
            case CallbackAnswer.Code code -> exchange(claimed, code.code());
        };
    }

    private SignInOutcome exchange(StateAnswer.Yours claimed, Secret code) {
        SignIn signIn = claimed.signIn();
        Instant sentAt = world.clock().instant();
        return switch (x.exchange(code, claimed.codeVerifier(), signIn.redirectUri())) {
            case ExchangeAnswer.Refused refused ->
                arrivals.end(signIn, SignInFailures.exchangeRefused(refused.answer()));
            case ExchangeAnswer.Failed failed -> arrivals.end(signIn, SignInFailures.exchangeFailed(failed.reason()));
            case ExchangeAnswer.Issued issued
            when issued.refresh().isEmpty() ->
                arrivals.end(signIn, SignInFailures.missingOfflineAccess(issued.scopes()));
            case ExchangeAnswer.Issued issued -> arrivals.keep(signIn, pair(signIn, issued, sentAt), sentAt);
        };
    }

    private SignInOutcome spend(RefreshToken token, Optional<String> expectedUser, SignInOrigin origin) {
        URI nowhere = URI.create(IMPORT + ":token");
        SignIn signIn = newSignIn(nowhere, Scopes.of(), expectedUser, origin, new SignInStatus.Exchanging());
        return switch (signIns.openImport(signIn, token)) {
            case ImportAnswer.Opened opened -> spend(signIn, token);
            case ImportAnswer.Kept kept -> new SignInOutcome.AlreadyKept(kept.account());
            case ImportAnswer.Spent spent -> new SignInOutcome.AlreadyKept(spent.account());
            case ImportAnswer.UnderWay underWay -> new SignInOutcome.AlreadyUsed(underWay.signIn());
        };
    }

    private SignInOutcome spend(SignIn signIn, RefreshToken token) {
        Instant sentAt = world.clock().instant();
        return switch (tokens.refresh(token)) {
            case Verdict.Rotated rotated -> arrivals.keep(signIn, pair(rotated, token, sentAt), sentAt);
            case Verdict.GrantRefused verdict -> arrivals.end(signIn, SignInFailures.importRefused(verdict.answer()));
            case Verdict.AppRejected verdict -> arrivals.end(signIn, SignInFailures.appRejected(verdict.answer()));
            case Verdict.Throttled verdict ->
                arrivals.end(signIn, SignInFailures.untouched(verdict.answer().toString()));
            case Verdict.NotSent verdict -> arrivals.end(signIn, SignInFailures.untouched(verdict.reason()));
            case Verdict.Unknown verdict -> arrivals.end(signIn, SignInFailures.importUnknown(verdict.reason()));
        };
    }

    private static IssuedPair pair(Verdict.Rotated rotated, RefreshToken spent, Instant sentAt) {
        return new IssuedPair(
                new TokenPair(rotated.access(), rotated.refresh().orElse(spent)),
                sentAt.plus(rotated.lifetime()),
                rotated.scopes().orElse(Scopes.of()));
    }

    /** No scopes named are all that were asked for (RFC 6749 section 5.1). */
    private static IssuedPair pair(SignIn signIn, ExchangeAnswer.Issued issued, Instant sentAt) {
        Scopes named = issued.scopes();
        return new IssuedPair(
                new TokenPair(issued.access(), issued.refresh().orElseThrow()),
                sentAt.plus(issued.lifetime()),
                named.values().isEmpty() ? signIn.scopes() : named);
    }

    private SignIn newSignIn(
            URI redirectUri, Scopes scopes, Optional<String> expected, SignInOrigin origin, SignInStatus status) {
        byte[] id = new byte[10];
        world.random().nextBytes(id);
        Instant now = world.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        return new SignIn(
                "con_" + HexFormat.of().formatHex(id),
                tokens.clientId(),
                redirectUri,
                scopes,
                expected,
                origin,
                now,
                now.plus(LIFETIME),
                status);
    }

    /** 32 random bytes as 43 characters of base64url: fit for a state and for a PKCE verifier (RFC 7636 section 4.1). */
    private Secret randomSecret() {
        byte[] bytes = new byte[32];
        world.random().nextBytes(bytes);
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
