package dev.roost.server.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.roost.core.Secret;
import java.net.http.HttpClient;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Checks access tokens (JWT, RFC 9068) of the one authorization server, for the one audience. What a token says is looked at
 * first, and its signature last, so that nobody makes this server ask for keys with a token that would be refused anyway.
 * Safe for many threads; blocks its caller while keys are fetched.
 */
public final class AccessTokens {
    /** Signatures of keys that the authorization server alone has. None that its public key could make, and not "none". */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final Set<JOSEObjectType> TYPES =
            Set.of(new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), JOSEObjectType.JWT);

    private final ProtectedResource resource;
    private final ClaimRules rules;
    private final DefaultJWTProcessor<SecurityContext> signatures = new DefaultJWTProcessor<>();

    /**
     * Asks the authorization server nothing yet.
     *
     * @param network a client that follows no redirects, such as {@link #network()}; it stays the caller's to close
     * @param clock the time of day
     * @param nanoTime a clock that never jumps, in nanoseconds
     * @throws IllegalArgumentException if that client follows redirects
     */
    public AccessTokens(ProtectedResource resource, HttpClient network, InstantSource clock, LongSupplier nanoTime) {
        this.resource = resource;
        this.rules = new ClaimRules(resource, clock);
        IssuerKeys keys = new IssuerKeys(new KeyFinder(resource.issuer(), new Documents(network)), nanoTime);
        signatures.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPES));
        signatures.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        signatures.setJWTClaimsSetVerifier((claims, context) -> {
            // Looked at before, by a clock that tests can turn.
        });
    }

    /** Returns an HTTP client fit for asking the authorization server. */
    public static HttpClient network() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(3))
                .build();
    }

    /** Returns whose tokens these are, and for what. */
    public ProtectedResource resource() {
        return resource;
    }

    /** Says what a token is worth. Never throws; nothing of the token is in the answer, nor in a log. */
    public TokenCheck check(Secret presented) {
        Optional<SignedJWT> parsed = parse(presented);
        if (parsed.isEmpty()) {
            return new TokenCheck.Bad("it is no signed JWT; get an access token from " + resource.issuer());
        }
        SignedJWT token = parsed.get();
        return unfit(token).<TokenCheck>map(TokenCheck.Bad::new).orElseGet(() -> checkClaims(token));
    }

    private static Optional<SignedJWT> parse(Secret presented) {
        try {
            return JWTParser.parse(presented.expose()) instanceof SignedJWT signed
                    ? Optional.of(signed)
                    : Optional.empty();
        } catch (ParseException | RuntimeException e) {
            // The parser's words repeat what came.
            return Optional.empty();
        }
    }

    private static Optional<String> unfit(SignedJWT token) {
        if (!ALGORITHMS.contains(token.getHeader().getAlgorithm())) {
            return Optional.of(
                    "its algorithm is not one of RS, PS or ES with 256, 384 or 512; have it signed with one");
        }
        boolean fits = Optional.ofNullable(token.getHeader().getType())
                .filter(TYPES::contains)
                .isPresent();
        return fits
                ? Optional.empty()
                : Optional.of("its type (typ) is neither at+jwt nor JWT; have it issued as an access token");
    }

    private TokenCheck checkClaims(SignedJWT token) {
        JWTClaimsSet claims;
        try {
            claims = token.getJWTClaimsSet();
        } catch (ParseException | RuntimeException e) {
            return new TokenCheck.Bad("its claims are not what RFC 9068 has; issue it anew");
        }
        return rules.objection(claims)
                .<TokenCheck>map(TokenCheck.Bad::new)
                .orElseGet(() -> checkSignature(token, claims));
    }

    private TokenCheck checkSignature(SignedJWT token, JWTClaimsSet claims) {
        try {
            signatures.process(token, null);
            return GrantReader.read(claims);
        } catch (KeySourceException e) {
            return new TokenCheck.Undecided(String.valueOf(e.getMessage()), IssuerKeys.PAUSE);
        } catch (BadJOSEException | JOSEException e) {
            return new TokenCheck.Bad("no key that its issuer publishes has signed it; get a new one");
        }
    }
}
