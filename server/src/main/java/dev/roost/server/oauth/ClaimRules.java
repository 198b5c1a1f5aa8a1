package dev.roost.server.oauth;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;

/** Which tokens are meant for this server, and now (RFC 9068 section 4). */
record ClaimRules(ProtectedResource resource, InstantSource clock) {
    private static final Duration LEEWAY = Duration.ofSeconds(60);

    /** Returns what is wrong with these claims; empty when nothing is. */
    Optional<String> objection(JWTClaimsSet claims) {
        if (!resource.issuer().toString().equals(claims.getIssuer())) {
            return Optional.of("another authorization server issued it; get one from " + resource.issuer());
        }
        if (!claims.getAudience().contains(resource.url().toString())) {
            return Optional.of(
                    "it is meant for another audience; ask for one with the parameter resource=" + resource.url());
        }
        return untimely(
                Optional.ofNullable(claims.getExpirationTime()), Optional.ofNullable(claims.getNotBeforeTime()));
    }

    private Optional<String> untimely(Optional<Date> expiry, Optional<Date> notBefore) {
        Instant now = clock.instant();
        if (expiry.isEmpty()) {
            return Optional.of("it has no expiry (exp), and so would never end; issue it with one");
        }
        if (!now.minus(LEEWAY).isBefore(expiry.get().toInstant())) {
            return Optional.of("it has expired; refresh it");
        }
        if (notBefore
                .filter(from -> now.plus(LEEWAY).isBefore(from.toInstant()))
                .isPresent()) {
            return Optional.of("it is not valid yet (nbf); set the clocks of both servers");
        }
        return Optional.empty();
    }
}
