package dev.roost.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which app calls, by the rules that X was seen to keep.
 *
 * <ul>
 *   <li>A Basic header that cannot be read counts as none, and the call as a public client's.
 *   <li>A confidential app must send the header; a secret in the body does not replace it, but does no harm beside it.
 *   <li>The app's type is its type now, whatever it was when a token was issued.
 * </ul>
 */
final class ClientAuth {

    private final Register register;

    ClientAuth(Register register) {
        this.register = register;
    }

    Verdict check(Call call, Map<String, String> params) {
        return call.header("authorization")
                .flatMap(Credentials::parse)
                .map(credentials -> withHeader(credentials, params))
                .orElseGet(() -> withoutHeader(params));
    }

    private Verdict withHeader(Credentials credentials, Map<String, String> params) {
        Optional<SimulatedApp> app = register.app(credentials.clientId());
        boolean contradicted =
                !params.getOrDefault("client_id", credentials.clientId()).equals(credentials.clientId());
        if (app.isEmpty() || contradicted) {
            return new Verdict.Refused(OAuthErrors.clientId());
        }
        boolean matches = app.filter(known -> !known.isPublic())
                .filter(known -> known.clientSecret().equals(credentials.secret()))
                .isPresent();
        return matches ? new Verdict.Accepted(app.get()) : new Verdict.Refused(OAuthErrors.header());
    }

    private Verdict withoutHeader(Map<String, String> params) {
        String clientId = params.getOrDefault("client_id", "");
        if (clientId.isEmpty()) {
            return new Verdict.Malformed(OAuthErrors.missing("client_id"));
        }
        Optional<SimulatedApp> app = register.app(clientId);
        if (app.isEmpty()) {
            return new Verdict.Refused(OAuthErrors.clientId());
        }
        boolean accepted = app.get().isPublic() && !params.containsKey("client_secret");
        return accepted ? new Verdict.Accepted(app.get()) : new Verdict.Refused(OAuthErrors.header());
    }

    /** Whether the app is who it says it is. */
    sealed interface Verdict {
        /** It is. */
        record Accepted(SimulatedApp app) implements Verdict {}

        /** It is not. */
        record Refused(Answer answer) implements Verdict {}

        /** It did not say. */
        record Malformed(Answer answer) implements Verdict {}
    }

    private record Credentials(String clientId, String secret) {

        private static final String PREFIX = "Basic ";

        /** Reads standard, padded base64 of {@code id:secret}; base64url is not read. */
        static Optional<Credentials> parse(String header) {
            if (!header.startsWith(PREFIX)) {
                return Optional.empty();
            }
            return decode(header.substring(PREFIX.length()).strip()).flatMap(Credentials::split);
        }

        private static Optional<String> decode(String base64) {
            try {
                return base64.length() % 4 == 0
                        ? Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8))
                        : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        private static Optional<Credentials> split(String pair) {
            int colon = pair.indexOf(':');
            return colon < 1
                    ? Optional.empty()
                    : Optional.of(new Credentials(pair.substring(0, colon), pair.substring(colon + 1)));
        }
    }
}
