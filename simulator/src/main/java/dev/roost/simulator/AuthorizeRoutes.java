package dev.roost.simulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The consent page, and what becomes of the user's decision. A misconfigured request is never redirected. */
final class AuthorizeRoutes {

    static final String PATH = "/i/oauth2/authorize";

    private static final String OTHER_PATH = "/2/oauth2/authorize";
    private static final int MAX_STATE = 500;
    private static final Set<String> METHODS = Set.of("s256", "plain");

    private final World world;

    AuthorizeRoutes(World world) {
        this.world = world;
    }

    List<Route> all() {
        return List.of(
                new Route(Endpoint.AUTHORIZE, "GET", PATH, this::ask),
                new Route(Endpoint.AUTHORIZE, "GET", OTHER_PATH, this::ask),
                new Route(Endpoint.CONTROL, "POST", PATH, this::decide),
                new Route(Endpoint.CONTROL, "POST", OTHER_PATH, this::decide));
    }

    private Answer ask(Visit visit) {
        Map<String, String> query = visit.call().query();
        Optional<String> mistake = mistakeIn(query);
        if (mistake.isPresent()) {
            return Answer.html(400, ConsentHtml.wentWrong(mistake.get()));
        }
        AuthorizationRequest request = read(query);
        String id = world.consents().park(request);
        String preselected = query.getOrDefault("_sim_user", "");
        return Answer.html(
                200, ConsentHtml.consent(request, id, world.register().users(), preselected));
    }

    private AuthorizationRequest read(Map<String, String> query) {
        boolean hashed = method(query).equals("s256");
        return new AuthorizationRequest(
                world.register().requireApp(query.getOrDefault("client_id", "")),
                query.getOrDefault("redirect_uri", ""),
                Scopes.parse(query.getOrDefault("scope", "")),
                query.getOrDefault("state", ""),
                new PkceChallenge(query.getOrDefault("code_challenge", ""), hashed));
    }

    private Optional<String> mistakeIn(Map<String, String> query) {
        String clientId = query.getOrDefault("client_id", "");
        Optional<SimulatedApp> app = world.register().app(clientId);
        if (app.isEmpty()) {
            return Optional.of("client_id '" + clientId + "' is not an app; allowed: the id of a registered app");
        }
        String redirectUri = query.getOrDefault("redirect_uri", "");
        if (!app.get().redirectUris().contains(redirectUri)) {
            return Optional.of("redirect_uri '" + redirectUri + "' is not registered; allowed: exactly one of "
                    + app.get().redirectUris());
        }
        if (!query.getOrDefault("response_type", "").equals("code")) {
            return Optional.of("response_type is not code; allowed: code");
        }
        return mistakeInDetails(query);
    }

    private static Optional<String> mistakeInDetails(Map<String, String> query) {
        if (query.getOrDefault("code_challenge", "").isEmpty()) {
            return Optional.of("code_challenge is missing; allowed: a PKCE challenge");
        }
        if (!METHODS.contains(method(query))) {
            return Optional.of("code_challenge_method '" + method(query) + "' is unknown; allowed: S256, plain");
        }
        if (query.getOrDefault("state", "").length() > MAX_STATE) {
            return Optional.of("state is too long; allowed: up to " + MAX_STATE + " characters");
        }
        List<String> scopes = Scopes.parse(query.getOrDefault("scope", ""));
        return scopes.isEmpty() || !Scopes.allKnown(scopes)
                ? Optional.of("scope '" + String.join(" ", scopes) + "' is empty or unknown; allowed: X's scopes")
                : Optional.empty();
    }

    /** Plain when not given, RFC 7636 section 4.3. */
    private static String method(Map<String, String> query) {
        return query.getOrDefault("code_challenge_method", "plain").toLowerCase(Locale.ROOT);
    }

    private Answer decide(Visit visit) {
        Map<String, String> form = visit.params();
        Optional<AuthorizationRequest> parked = world.consents().take(form.getOrDefault("request", ""));
        if (parked.isEmpty()) {
            return Answer.html(400, ConsentHtml.wentWrong("this request was decided already; start again in the app"));
        }
        AuthorizationRequest request = parked.get();
        if (!form.getOrDefault("decision", "").equals("authorize")) {
            return sendBack(request, "error", "access_denied");
        }
        String userId = form.getOrDefault("user_id", "");
        return world.register()
                .user(userId)
                .map(user -> sendBack(request, "code", world.consents().allow(request, user)))
                .orElseGet(() -> Answer.html(
                        400, ConsentHtml.wentWrong("user_id '" + userId + "' is no user; start again and choose one")));
    }

    private static Answer sendBack(AuthorizationRequest request, String name, String value) {
        String target = request.redirectUri();
        String separator = target.contains("?") ? "&" : "?";
        String state = request.state().isEmpty() ? "" : "&state=" + encode(request.state());
        return Answer.redirect(target + separator + name + "=" + encode(value) + state);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
