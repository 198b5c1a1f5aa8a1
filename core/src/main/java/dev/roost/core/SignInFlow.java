package dev.roost.core;

import dev.roost.core.SignInEndpoint.ExchangeAnswer;
import dev.roost.core.SignInEndpoint.IdentifyAnswer;
import dev.roost.core.SignInStore.StateAnswer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes an account through X's consent (authorization code with PKCE), once, and imports grants from elsewhere.
 *
 * <ol>
 *   <li>{@link #start} keeps state and verifier sealed and returns the address for the person.
 *   <li>{@link #complete} uses the state up, exchanges the code, and keeps the pair before anything else: X has just
 *       killed any earlier grant of this user, so this pair is the only live one.
 *   <li>Only then X is asked whose it is. If it does not say, {@link #resume} asks again later.
 *   <li>The account is recorded, unless another user was expected.
 * </ol>
 *
 * <p>Safe for many threads and processes: a state is worth one exchange.
 */
public final class SignInFlow {
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final Duration KEEP_TRYING = Duration.ofMinutes(2);

    private final SignInStore signIns;
    private final TokenStore store;
    private final SignInEndpoint x;
    private final TokenEndpoint tokens;
    private final World world;
    private final Admission admission;

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
        this.store = store;
        this.x = x;
        this.tokens = tokens;
        this.world = world;
        this.admission = new Admission(store, tokens, keeper, new RefreshTimes(policy, world.random()), world);
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
        SignIn signIn = newSignIn(redirectUri, scopes, expectedUser, new SignInStatus.Pending());
        Secret state = randomSecret();
        Secret verifier = randomSecret();
        signIns.open(signIn, state, verifier);
        return new Started(signIn, x.authorizationUrl(redirectUri, scopes, state, verifier));
    }

    /**
     * Goes on with a sign-in when X sends the person back.
     *
     * @param state what X returned; only its first use counts
     * @param answer the authorization code, or X's refusal
     * @throws StoreUnavailableException if the store is away; nothing was sent to X then
     */
    public SignInOutcome complete(Secret state, CallbackAnswer answer) {
        return switch (signIns.claim(state, world.clock().instant())) {
            case StateAnswer.Unknown unknown -> new SignInOutcome.UnknownState();
            case StateAnswer.Used used -> new SignInOutcome.AlreadyUsed(used.signIn());
            case StateAnswer.Expired expired -> end(expired.signIn(), new SignInStatus.Expired());
            case StateAnswer.Yours yours ->
                switch (answer) {
                    case CallbackAnswer.Denied denied -> end(yours.signIn(), new SignInStatus.Denied());
                    case CallbackAnswer.Refusal refusal -> end(yours.signIn(), SignInFailures.callback(refusal));
                    case CallbackAnswer.Code code -> exchange(yours, code.code());
                };
        };
    }

    /**
     * Takes over a grant from elsewhere by spending its refresh token. Whoever held it before must stop using it.
     *
     * @param expectedUser the X user id or username it must belong to, if it matters
     */
    public SignInOutcome importGrant(RefreshToken token, Optional<String> expectedUser) {
        Optional<Account> holder = store.holderOf(tokens.clientId(), token);
        if (holder.isPresent()) {
            return new SignInOutcome.AlreadyKept(holder.get());
        }
        SignIn signIn = newSignIn(URI.create("import:token"), Scopes.of(), expectedUser, new SignInStatus.Exchanging());
        signIns.open(signIn, randomSecret(), randomSecret());
        Instant sentAt = world.clock().instant();
        return switch (tokens.refresh(token)) {
            case Verdict.Rotated rotated ->
                keep(
                        signIn,
                        new IssuedPair(
                                new TokenPair(
                                        rotated.access(), rotated.refresh().orElse(token)),
                                sentAt.plus(rotated.lifetime()),
                                rotated.scopes().orElse(Scopes.of())));
            case Verdict.GrantRefused verdict -> end(signIn, SignInFailures.importRefused(verdict.answer()));
            case Verdict.AppRejected verdict -> end(signIn, SignInFailures.appRejected(verdict.answer()));
            case Verdict.Throttled verdict ->
                end(signIn, SignInFailures.untouched(verdict.answer().toString()));
            case Verdict.NotSent verdict -> end(signIn, SignInFailures.untouched(verdict.reason()));
            case Verdict.Unknown verdict -> end(signIn, SignInFailures.importUnknown(verdict.reason()));
        };
    }

    /** Returns the sign-in with this id as it stands. */
    public Optional<SignIn> find(String signInId) {
        return signIns.signIn(signInId);
    }

    /** Asks X again whose the kept pairs are that have no account yet. */
    public void resume() {
        for (SignInStore.Unidentified waiting : signIns.unidentified(tokens.clientId())) {
            var _ = identify(waiting.signIn(), waiting.pair());
        }
    }

    private SignInOutcome exchange(StateAnswer.Yours claimed, Secret code) {
        SignIn signIn = claimed.signIn();
        Instant sentAt = world.clock().instant();
        return switch (x.exchange(code, claimed.codeVerifier(), signIn.redirectUri())) {
            case ExchangeAnswer.Refused refused -> end(signIn, SignInFailures.exchangeRefused(refused.answer()));
            case ExchangeAnswer.Failed failed -> end(signIn, SignInFailures.exchangeFailed(failed.reason()));
            case ExchangeAnswer.Issued issued ->
                issued.refresh()
                        .map(refresh -> keep(
                                signIn,
                                new IssuedPair(
                                        new TokenPair(issued.access(), refresh),
                                        sentAt.plus(issued.lifetime()),
                                        granted(issued.scopes(), signIn))))
                        .orElseGet(() -> end(signIn, SignInFailures.missingOfflineAccess(issued.scopes())));
        };
    }

    private SignInOutcome keep(SignIn signIn, IssuedPair pair) {
        insist(() -> {
            signIns.exchanged(signIn.id(), pair);
            return signIn;
        });
        return identify(signIn, pair);
    }

    private SignInOutcome identify(SignIn signIn, IssuedPair pair) {
        return switch (x.identify(pair.tokens().access())) {
            case IdentifyAnswer.Identified known -> end(signIn, admission.admit(signIn, known.user(), pair));
            case IdentifyAnswer.Rejected rejected -> end(signIn, SignInFailures.notIdentified(rejected.answer()));
            case IdentifyAnswer.Unanswered unanswered ->
                new SignInOutcome.Standing(withStatus(signIn, new SignInStatus.Exchanged()));
        };
    }

    private SignInOutcome end(SignIn signIn, SignInStatus status) {
        return insist(() -> {
            signIns.finish(signIn.id(), status);
            return new SignInOutcome.Standing(withStatus(signIn, status));
        });
    }

    /** Repeats a write that must not be given up lightly, since X's answer cannot be had again. */
    private <T> T insist(Supplier<T> write) {
        long start = world.nanoTime().getAsLong();
        while (true) {
            try {
                return write.get();
            } catch (StoreUnavailableException e) {
                if (world.since(start).compareTo(KEEP_TRYING) > 0) {
                    throw e;
                }
                world.pause(RETRY);
            }
        }
    }

    private SignIn newSignIn(URI redirectUri, Scopes scopes, Optional<String> expected, SignInStatus status) {
        byte[] id = new byte[10];
        world.random().nextBytes(id);
        Instant now = world.clock().instant();
        return new SignIn(
                "con_" + HexFormat.of().formatHex(id),
                tokens.clientId(),
                redirectUri,
                scopes,
                expected,
                now,
                now.plus(LIFETIME),
                status);
    }

    /** No scopes named are all that were asked for (RFC 6749 section 5.1). */
    private static Scopes granted(Scopes named, SignIn signIn) {
        return named.values().isEmpty() ? signIn.scopes() : named;
    }

    private static SignIn withStatus(SignIn s, SignInStatus status) {
        return new SignIn(
                s.id(),
                s.clientId(),
                s.redirectUri(),
                s.scopes(),
                s.expectedUser(),
                s.createdAt(),
                s.expiresAt(),
                status);
    }

    /** 32 random bytes as 43 characters of base64url: fit for a state and for a PKCE verifier (RFC 7636 section 4.1). */
    private Secret randomSecret() {
        byte[] bytes = new byte[32];
        world.random().nextBytes(bytes);
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
