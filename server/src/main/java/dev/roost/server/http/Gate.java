package dev.roost.server.http;

import dev.roost.core.AccountNotFoundException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.Request;

/**
 * The one gate that every request passes, and none can go around:
 *
 * <ol>
 *   <li>the request is meant for this server (Host, against DNS rebinding) and comes from no strange web page (Origin);
 *   <li>there is such a route;
 *   <li>its API key is known, not revoked, and has the scope that the route wants; or the route takes none; or it is an
 *       agent's, and its access token is good; or it is a browser's that signed in with such a key;
 *   <li>the key has not made too many requests;
 *   <li>the key covers the account that the request is about;
 *   <li>the endpoint answers, and the audit trail gets key, account, operation and outcome.
 * </ol>
 *
 * Safe for many threads.
 */
final class Gate {
    private static final Set<String> FORWARDED =
            Set.of("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP");

    private final Address address;
    private final RouteTable routes;
    private final Origins origins;
    private final Guards guards;
    private final KeyCheck keys;
    private final Agents agents;
    private final Browsers browsers;
    private final Directory directory;
    private final Problems problems;

    Gate(Address address, List<Route> routes, Guards guards, Remedy remedy) {
        this.address = address;
        this.routes = new RouteTable(routes);
        this.origins = new Origins(address.origins());
        this.guards = guards;
        this.directory = new Directory(guards.accounts());
        this.keys = new KeyCheck(guards.keys(), guards.nanoTime());
        this.agents = new Agents(keys, guards);
        this.browsers = new Browsers(keys, guards);
        this.problems = new Problems(guards.clock(), remedy);
    }

    /** An answer, and the operation that gave it; {@code none} where there was no such route. */
    record Answered(Reply reply, String operation) {
        Answered with(Map<String, String> headers) {
            Reply all = reply;
            for (Map.Entry<String, String> header : headers.entrySet()) {
                all = all.with(header.getKey(), header.getValue());
            }
            return new Answered(all, operation);
        }
    }

    Answered answer(Request request, String id) {
        String path = Request.getPathInContext(request);
        Optional<Problem> stranger = stranger(request);
        if (stranger.isPresent()) {
            return new Answered(refused(request, id, path, stranger.get()), "none");
        }
        Optional<Reply> preflight = origins.preflight(request);
        if (preflight.isPresent()) {
            return new Answered(preflight.get(), "preflight");
        }
        return routes.find(request.getMethod(), path)
                .map(match ->
                        new Answered(enter(request, id, match), match.route().operation()))
                .orElseGet(() -> new Answered(noSuchRoute(request, id, path), "none"))
                .with(origins.headers(request));
    }

    private Optional<Problem> stranger(Request request) {
        if (!address.isMeantBy(Request.getServerName(request))) {
            return Optional.of(Problem.lasting(
                    421,
                    "wrong_host",
                    "this server answers on this machine only; open it as http://127.0.0.1:" + address.port()));
        }
        if (!origins.admits(request)) {
            return Optional.of(Problem.lasting(
                    403,
                    "wrong_origin",
                    "a web page of another origin may not use this server; allow it with ROOST_ALLOWED_ORIGINS"));
        }
        return Optional.empty();
    }

    private Reply noSuchRoute(Request request, String id, String path) {
        var methods = routes.methods(path);
        if (methods.isEmpty()) {
            return Reply.problem(
                    Problem.lasting(404, "not_found", "there is nothing here; /openapi.json says what there is"));
        }
        String allow = String.join(", ", methods);
        return refused(request, id, path, Problem.lasting(405, "method_not_allowed", "this address takes " + allow))
                .with("Allow", allow);
    }

    /** Refuses in the form of this address, before it is known what is wanted there. */
    private Reply refused(Request request, String id, String path, Problem problem) {
        Call call = new Call(request, id, Map.of(), Caller.ANYBODY, Optional.empty(), guards.nanoTime());
        return routes.form(path).reply(problem, call).because(problem);
    }

    private Reply enter(Request request, String id, RouteTable.Match match) {
        Route route = match.route();
        Call call = new Call(request, id, match.values(), Caller.ANYBODY, Optional.empty(), guards.nanoTime());
        try {
            call = admitted(request, call, route.access());
            call = call.about(account(call, route));
            return noted(route, call, browsers.keeping(call, route.endpoint().answer(call)));
        } catch (RuntimeException e) {
            Problem problem = problems.of(e, call.accountIfAny());
            return noted(route, call, closing(route.form().reply(problem, call).because(problem)));
        }
    }

    /** What is left of a body that was not read would be taken for the next request. */
    private static Reply closing(Reply reply) {
        return reply.status() == 413 || reply.status() == 408 ? reply.with("Connection", "close") : reply;
    }

    private Reply noted(Route route, Call call, Reply reply) {
        if (!(route.access() instanceof Access.Open) && !isRoutine(route, call, reply)) {
            guards.audit().note(call.caller().name(), call.accountIfAny(), route.operation(), reply.outcome());
        }
        return reply;
    }

    /** A page that is left open looks again and again: that says nothing of anybody, unless it was refused. */
    private static boolean isRoutine(Route route, Call call, Reply reply) {
        return route.access() instanceof Access.Browser
                && Browsers.isByItself(call)
                && reply.outcome().equals("ok");
    }

    private Call admitted(Request request, Call call, Access access) {
        return switch (access) {
            case Access.Open open -> call;
            case Access.Local local
            when isLocal(request) && KeyCheck.presented(request).isEmpty() -> call.by(Caller.LOCAL);
            case Access.Local local -> call.by(keys.keyed(request, Set.of(local.scope())));
            case Access.Keyed keyed -> call.by(keys.keyed(request, keyed.anyOf()));
            case Access.Agent agent -> call.by(agents.admit(request, agent, isLocal(request)));
            case Access.Browser browser -> browsers.admit(request, call, browser);
            case Access.SignIn signIn -> browsers.signIn(request, call, signIn);
        };
    }

    /** A proxy in front of a loopback address brings the whole world there, and then says so or keeps the world's name. */
    private boolean isLocal(Request request) {
        return address.isLocal(Request.getServerName(request))
                && FORWARDED.stream().noneMatch(name -> request.getHeaders().contains(name));
    }

    private Optional<Directory.Entry> account(Call call, Route route) {
        return switch (route.about()) {
            case NO_ACCOUNT -> Optional.empty();
            case PATH -> Optional.of(account(call.caller(), call.value("account")));
            case HEADER ->
                Optional.of(account(
                        call.caller(),
                        call.header("Roost-Account")
                                .orElseThrow(() -> ProblemException.invalid("say which account, by its id, @username or"
                                        + " X user id, in the header Roost-Account"))));
        };
    }

    /** A key for some accounts learns nothing about the others, not even whether they exist. */
    private Directory.Entry account(Caller caller, String name) {
        Optional<Directory.Entry> found = find(name);
        if (found.isEmpty() && !caller.isLimited()) {
            throw unknownAccount(name);
        }
        return found.filter(entry -> caller.covers(entry.id()))
                .orElseThrow(() -> new ProblemException(
                        Problem.lasting(403, "account_not_covered", "this API key does not cover this account")));
    }

    private Optional<Directory.Entry> find(String name) {
        try {
            return Optional.of(directory.find(name));
        } catch (AccountNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Somebody may have put a token where a name belongs, so only what can be a name is repeated. */
    private static ProblemException unknownAccount(String name) {
        boolean plausible = name.matches("acc_[0-9a-f]{20}|@?[A-Za-z0-9_]{1,15}|[0-9]{1,19}");
        return new ProblemException(Problem.lasting(
                404,
                "account_not_found",
                "there is no account " + (plausible ? name : "of this name")
                        + "; an account is named by its id, @username or X user id, see: GET /v1/accounts"));
    }
}
