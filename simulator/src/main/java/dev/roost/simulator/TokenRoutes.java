package dev.roost.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /2/oauth2/token} and {@code POST /2/oauth2/revoke}. */
final class TokenRoutes {

    private final World world;
    private final ClientAuth clientAuth;

    TokenRoutes(World world) {
        this.world = world;
        this.clientAuth = new ClientAuth(world.register());
    }

    List<Route> all() {
        return List.of(
                new Route(Endpoint.TOKEN, "POST", "/2/oauth2/token", this::token),
                new Route(Endpoint.REVOKE, "POST", "/2/oauth2/revoke", this::revoke));
    }

    private Answer token(Visit visit) {
        if (!visit.params().containsKey("grant_type")) {
            return malformed(visit, OAuthErrors.missing("grant_type"));
        }
        return switch (clientAuth.check(visit.call(), visit.params())) {
            case ClientAuth.Verdict.Accepted accepted -> grant(visit, accepted.app());
            case ClientAuth.Verdict.Refused refused -> refuse(visit, Outcome.REFUSED_CLIENT, refused.answer());
            case ClientAuth.Verdict.Malformed malformed -> malformed(visit, malformed.answer());
        };
    }

    private Answer grant(Visit visit, SimulatedApp app) {
        return switch (visit.params().getOrDefault("grant_type", "")) {
            case "refresh_token" -> refresh(visit, app);
            case "authorization_code" -> exchange(visit, app);
            default -> malformed(visit, OAuthErrors.grantType());
        };
    }

    private Answer refresh(Visit visit, SimulatedApp app) {
        Optional<String> missing = firstMissing(visit.params(), "refresh_token");
        if (missing.isPresent()) {
            return malformed(visit, OAuthErrors.missing(missing.get()));
        }
        boolean rotate = visit.fault() != FaultKind.NO_REFRESH_TOKEN_200;
        String token = visit.params().getOrDefault("refresh_token", "");
        return switch (world.grants().redeem(app.clientId(), token, visit.number(), rotate)) {
            case Redemption.Rotated rotated -> issue(visit, Outcome.ROTATED, rotated.issued());
            case Redemption.Renewed renewed -> issue(visit, Outcome.RENEWED_WITHOUT_ROTATION, renewed.issued());
            case Redemption.Replayed replayed -> issue(visit, Outcome.REPLAYED_IN_GRACE, replayed.issued());
            case Redemption.Refused refused -> refuse(visit, Outcome.REFUSED_TOKEN, OAuthErrors.token());
            case Redemption.Foreign foreign -> refuse(visit, Outcome.REFUSED_CLIENT, OAuthErrors.clientId());
        };
    }

    private Answer exchange(Visit visit, SimulatedApp app) {
        Optional<String> missing = firstMissing(visit.params(), "code", "redirect_uri", "code_verifier");
        if (missing.isPresent()) {
            return malformed(visit, OAuthErrors.missing(missing.get()));
        }
        String value = visit.params().getOrDefault("code", "");
        Optional<Consents.Code> code = world.consents().code(value);
        if (code.isEmpty()) {
            return refuse(visit, Outcome.REFUSED_CODE, OAuthErrors.code());
        }
        AuthorizationRequest request = code.get().request();
        if (!request.app().clientId().equals(app.clientId())) {
            return refuse(visit, Outcome.REFUSED_CLIENT, OAuthErrors.clientId());
        }
        if (!request.redirectUri().equals(visit.params().get("redirect_uri"))) {
            return refuse(visit, Outcome.REFUSED_CODE, OAuthErrors.redirectUri());
        }
        if (!request.challenge().isMetBy(visit.params().getOrDefault("code_verifier", ""))) {
            return refuse(visit, Outcome.REFUSED_CODE, OAuthErrors.verifier());
        }
        world.consents().use(value);
        Issued issued = world.grants().create(app.clientId(), code.get().user().id(), request.scopes());
        return issue(visit, Outcome.EXCHANGED, issued);
    }

    private Answer revoke(Visit visit) {
        return switch (clientAuth.check(visit.call(), visit.params())) {
            case ClientAuth.Verdict.Refused refused -> refused.answer();
            case ClientAuth.Verdict.Malformed malformed -> malformed.answer();
            case ClientAuth.Verdict.Accepted accepted -> revoke(visit, accepted.app());
        };
    }

    /** A token that X does not know is revoked already, RFC 7009 section 2.2. */
    private Answer revoke(Visit visit, SimulatedApp app) {
        String token = visit.params().getOrDefault("token", "");
        if (token.isEmpty()) {
            return OAuthErrors.missing("token");
        }
        world.grants().revokeToken(app.clientId(), token);
        return Answer.json(200, Json.object().put("revoked", true));
    }

    private static Answer issue(Visit visit, Outcome outcome, Issued issued) {
        // An exchange that suffers this fault makes a refresh token, but the client never sees it.
        Issued told = visit.fault() == FaultKind.NO_REFRESH_TOKEN_200 ? new Issued(List.of(issued.access())) : issued;
        visit.conclude(outcome, told);
        Token access = told.access();
        ObjectNode body = Json.object()
                .put("token_type", "bearer")
                .put("expires_in", access.lifetime().toSeconds())
                .put("access_token", access.value())
                .put("scope", String.join(" ", access.grant().scopes()));
        told.refresh().ifPresent(refresh -> body.put("refresh_token", refresh.value()));
        return Answer.json(200, body);
    }

    private static Answer malformed(Visit visit, Answer answer) {
        return refuse(visit, Outcome.BAD_REQUEST, answer);
    }

    private static Answer refuse(Visit visit, Outcome outcome, Answer answer) {
        visit.conclude(outcome);
        return answer;
    }

    private static Optional<String> firstMissing(Map<String, String> params, String... names) {
        return Stream.of(names)
                .filter(name -> params.getOrDefault(name, "").isEmpty())
                .findFirst();
    }
}
