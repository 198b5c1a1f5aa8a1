package dev.roost.server.http;

import dev.roost.core.Secret;
import dev.roost.core.access.ApiKey;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.KeyScope;
import dev.roost.server.session.Session;
import dev.roost.server.session.Sessions;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Lets people in who use a browser: by an API key once, and then by the session that it began. Safe for many threads. */
final class Browsers {
    private static final String NO_TOKEN =
            "this page is out of date, or was not opened from this dashboard; nothing was changed. Reload it and try again";

    private final KeyCheck check;
    private final ApiKeys keys;
    private final Optional<Sessions> sessions;

    Browsers(KeyCheck check, Guards guards) {
        this.check = check;
        this.keys = guards.keys();
        this.sessions = guards.sessions();
    }

    /** Lets in who is signed in. The key is looked up again each time, so that one that was revoked ends its sessions at once. */
    Call admit(Request request, Call call, Access.Browser access) {
        Sessions.Found found = sessions()
                .find(request.getHeaders().getValuesList(HttpHeader.COOKIE))
                .orElseThrow(Browsers::notSignedIn);
        Session session = found.session();
        ApiKey key = check.counted(keys.current(session.keyId()).orElseThrow(Browsers::notSignedIn));
        Call known = allowed(call, key, access.anyOf())
                .during(new Visit(
                        session, found.isSecure(), isDue(session, call), () -> lasts(session, access.anyOf())));
        if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
            requireOwnPage(request);
            requireToken(known, session);
        }
        return known;
    }

    /** Begins a session for who shows a key. */
    Call signIn(Request request, Call call, Access.SignIn access) {
        requireOwnPage(request);
        requireSafeWay(request);
        ApiKey key =
                check.counted(call.form().text("key").flatMap(this::presented).orElseThrow(Browsers::unknownKey));
        Session session = sessions().begin(key.id());
        return allowed(call, key, access.anyOf())
                .during(new Visit(session, isSecure(request), true, () -> lasts(session, access.anyOf())));
    }

    /** Returns the answer with the session's cookie, if the browser is to keep a newer one. */
    Reply keeping(Call call, Reply reply) {
        return call.visit()
                .filter(visit -> visit.isFresh() && !reply.headers().containsKey("Set-Cookie"))
                .map(visit -> reply.with("Set-Cookie", sessions().keep(visit.session(), visit.isSecure())))
                .orElse(reply);
    }

    private Sessions sessions() {
        return sessions.orElseThrow(() -> new IllegalStateException("there is a route for browsers, and no sessions"));
    }

    /** What a page fetches by itself keeps nobody signed in. */
    private boolean isDue(Session session, Call call) {
        return sessions().isDue(session) && !isByItself(call);
    }

    /** Tells whether a page asks by itself (htmx, the stream of news), rather than a person who opens it. */
    static boolean isByItself(Call call) {
        boolean isReading = call.method().equals("GET") || call.method().equals("HEAD");
        return isReading
                && (call.header("HX-Request").isPresent()
                        || call.header("Accept")
                                .filter(types -> types.contains("text/event-stream"))
                                .isPresent());
    }

    private boolean lasts(Session session, Set<KeyScope> anyOf) {
        return sessions().isAlive(session)
                && keys.current(session.keyId())
                        .filter(key -> mayEnter(key, anyOf))
                        .isPresent();
    }

    private static boolean mayEnter(ApiKey key, Set<KeyScope> anyOf) {
        return anyOf.isEmpty() || anyOf.stream().anyMatch(key::allows);
    }

    private Optional<ApiKey> presented(String text) {
        return text.chars().anyMatch(Character::isISOControl) ? Optional.empty() : check.find(Secret.of(text));
    }

    private static Call allowed(Call call, ApiKey key, Set<KeyScope> anyOf) {
        if (!mayEnter(key, anyOf)) {
            String names = anyOf.stream().map(KeyScope::text).collect(Collectors.joining(" or "));
            throw new ProblemException(Problem.lasting(
                    403, "scope_missing", "this API key lacks the scope " + names + ", which this page needs"));
        }
        if (!key.accounts().isEmpty()) {
            throw new ProblemException(
                    Problem.lasting(
                            403,
                            "key_limited",
                            "this API key is good for some accounts only, and the dashboard shows all; use one without --account"));
        }
        return call.by(Caller.of(key));
    }

    /**
     * A browser says with every change which page asks for it, by {@code Origin} or {@code Sec-Fetch-Site}, and no page can make
     * it lie. Pages of other origins may use the API, if the settings say so, but never the dashboard.
     */
    private static void requireOwnPage(Request request) {
        String site = request.getHeaders().get("Sec-Fetch-Site");
        boolean isOwn = site == null ? Origins.isFromOwnPage(request) : site.equals("same-origin");
        if (!isOwn) {
            throw new ProblemException(
                    Problem.lasting(
                            403,
                            "wrong_origin",
                            "only a page of this dashboard may do that; nothing was changed. Open the dashboard and do it there"));
        }
    }

    private static void requireToken(Call call, Session session) {
        Optional<String> given = call.header("X-CSRF-Token");
        if (given.isEmpty()) {
            given = call.form().text("csrf");
        }
        boolean matches = given.filter(text -> !text.isBlank() && text.chars().noneMatch(Character::isISOControl))
                .map(Secret::of)
                .filter(session.csrf()::equals)
                .isPresent();
        if (!matches) {
            throw new ProblemException(Problem.lasting(403, "csrf_token_missing_or_invalid", NO_TOKEN));
        }
    }

    /** A browser does not keep a cookie that is for https alone when it came by http, and the person would not know why. */
    private void requireSafeWay(Request request) {
        if (sessions().isSecureAlone() && !isSecure(request) && !Origins.isFromThisMachine(request)) {
            throw new ProblemException(Problem.lasting(
                    403, "https_needed", "people reach this Roost by https; open the dashboard at its https address"));
        }
    }

    private static boolean isSecure(Request request) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        return origin != null && origin.toLowerCase(Locale.ROOT).startsWith("https://");
    }

    private static ProblemException notSignedIn() {
        return new ProblemException(Problem.lasting(
                401, "not_signed_in", "sign in at /dashboard/sign-in; the session is over or there is none"));
    }

    private static ProblemException unknownKey() {
        return new ProblemException(Problem.lasting(
                401,
                "api_key_missing_or_invalid",
                "this is no valid API key. It may be mistyped or revoked; make one with: roost api-key create"));
    }
}
