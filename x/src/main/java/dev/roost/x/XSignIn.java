package dev.roost.x;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.roost.core.AccessToken;
import dev.roost.core.Scopes;
import dev.roost.core.Secret;
import dev.roost.core.SignInEndpoint;
import dev.roost.core.Verdict;
import dev.roost.core.XAnswer;
import dev.roost.core.XUser;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** X's side of a sign-in for one app: consent address, code exchange, and who it was. Safe for many threads. */
public final class XSignIn implements SignInEndpoint {
    private static final int LONGEST_STATE = 500;

    private final XSettings settings;
    private final TokenRequests requests;
    private final OutcomeMapper outcomes;
    private final XApi api;

    /** Makes no request. */
    public XSignIn(XSettings settings, XTransport transport, InstantSource clock) {
        this.settings = settings;
        this.requests = new TokenRequests(settings, transport);
        this.outcomes = new OutcomeMapper(clock, settings.isConfidential());
        this.api = new XApi(settings, transport, clock);
    }

    /**
     * {@inheritDoc} Encoded by RFC 3986, so a space is {@code %20}: X has been seen to refuse {@code +}.
     *
     * @throws IllegalArgumentException if the state or verifier has a length or characters that X or RFC 7636 forbid; the
     *     message does not hold them
     */
    @Override
    public URI authorizationUrl(URI redirectUri, Scopes scopes, Secret state, Secret codeVerifier) {
        int length = state.expose().length();
        if (length > LONGEST_STATE) {
            throw new IllegalArgumentException(
                    "state has " + length + " characters; X allows at most " + LONGEST_STATE + "; make it shorter");
        }
        CodeChallenge challenge =
                CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(codeVerifier.expose()));
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", settings.clientId());
        query.put("redirect_uri", redirectUri.toString());
        query.put("state", state.expose());
        query.put("scope", scopes.toString());
        query.put("code_challenge", challenge.getValue());
        query.put("code_challenge_method", CodeChallengeMethod.S256.getValue());
        return URI.create(settings.authorizeUrl() + "?" + Query.of(query));
    }

    /** {@inheritDoc} The scopes are empty when X did not name them (RFC 6749 section 5.1: then all that were asked). */
    @Override
    public ExchangeAnswer exchange(Secret code, Secret codeVerifier, URI redirectUri) {
        AuthorizationCodeGrant grant;
        try {
            grant = new AuthorizationCodeGrant(
                    new AuthorizationCode(code.expose()), redirectUri, new CodeVerifier(codeVerifier.expose()));
        } catch (IllegalArgumentException e) {
            return new ExchangeAnswer.Failed("the code or its verifier is none: begin the sign-in again");
        }
        return switch (outcomes.verdict(requests.token(grant), requests.censor(code, codeVerifier))) {
            case Verdict.Rotated issued ->
                new ExchangeAnswer.Issued(
                        issued.access(),
                        issued.refresh(),
                        issued.lifetime(),
                        issued.scopes().orElseGet(Scopes::of));
            case Verdict.GrantRefused refused -> new ExchangeAnswer.Refused(refused.answer());
            case Verdict.AppRejected rejected -> new ExchangeAnswer.Refused(rejected.answer());
            case Verdict.Throttled throttled -> turnedAway(throttled.answer(), throttled.retryAfter());
            case Verdict.NotSent notSent -> new ExchangeAnswer.Failed(notSent.reason());
            case Verdict.Unknown unknown ->
                new ExchangeAnswer.Failed(unknown.reason() + "; the code may be used up: begin the sign-in again");
        };
    }

    @Override
    public IdentifyAnswer identify(AccessToken token) {
        return switch (api.me(token)) {
            case XReply.Ok<XUser> ok -> new IdentifyAnswer.Identified(ok.value());
            case XReply.Unauthorized<XUser> no -> new IdentifyAnswer.Rejected(answer(no.problem()));
            case XReply.Refused<XUser> no ->
                new IdentifyAnswer.Unanswered(no.problem().toString());
            case XReply.RateLimited<XUser> later ->
                new IdentifyAnswer.Unanswered(later.problem() + " Retry at " + later.retryAt());
            case XReply.NotSent<XUser> notSent -> new IdentifyAnswer.Unanswered(notSent.reason());
            case XReply.Unknown<XUser> unknown -> new IdentifyAnswer.Unanswered(unknown.reason());
        };
    }

    /** A 400 is about the code; every other status turned the request away before X looked at it. */
    private static ExchangeAnswer turnedAway(XAnswer answer, Optional<Duration> wait) {
        if (answer.status() == 400) {
            return new ExchangeAnswer.Refused(answer);
        }
        String when = wait.map(time -> " in " + time.toSeconds() + " s").orElse(" later");
        return new ExchangeAnswer.Failed(answer + "; begin the sign-in again" + when);
    }

    private static XAnswer answer(XProblem problem) {
        return new XAnswer(problem.status(), problem.title(), problem.detail());
    }
}
