package dev.roost.server.http;

import dev.roost.core.AccountNotFoundException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
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
    record Answered(Reply reply, String operation) {}

    /**
     * What came of a request so far.
     *
     * @param atOnce the answer, if there is one already
     * @param rest what remains to be done for it, if there is none; once, and on a thread that may wait
     */
    record Begun(Optional<Answered> atOnce, Supplier<Answered> rest) {
        static Begun answered(Reply reply, String operation) {
            Answered answered = new Answered(reply, operation);
            return new Begun(Optional.of(answered), () -> answered);
        }

        Answered finish() {
            return rest.get();
        }
    }

    /**
     * Begins with a request, and goes as far as memory leads: asks no store and waits for nobody. What cannot be answered so
     * is for {@link Begun#finish}.
     */
    Begun begin(Request request, String id) {
        String path = Request.getPathInContext(request);
        Optional<Problem> stranger = stranger(request);
        if (stranger.isPresent()) {
            return Begun.answered(refused(request, id, path, stranger.get()), "none");
        }
        Optional<Reply> preflight = origins.preflight(request);
        if (preflight.isPresent()) {
            return Begun.answered(preflight.get(), "preflight");
        }
        Map<String, String> headers = origins.headers(request);
        Optional<RouteTable.Match> match = routes.find(request.getMethod(), path);
        if (match.isEmpty()) {
            return Begun.answered(noSuchRoute(request, id, path).with(headers), "none");
        }
        Route route = match.get().route();
        Call call = new Call(request, id, match.get().values(), Caller.ANYBODY, Optional.empty(), guards.nanoTime());
        Passage passage = new Passage(this, route, request, call);
        return passage.atOnce()
                .map(reply -> Begun.answered(reply.with(headers), route.operation()))
                .orElseGet(() -> new Begun(
                        Optional.empty(), () -> new Answered(passage.finish().with(headers), route.operation())));
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

    /** Notes what came of a call, whichever way it went. */
    Reply passed(Route route, Call call, Reply reply) {
        Reply kept = browsers.keeping(call, reply);
        if (!(route.access() instanceof Access.Open) && !isRoutine(route, call, kept)) {
            guards.audit().note(call.caller().name(), call.accountIfAny(), route.operation(), kept.outcome());
        }
        return kept;
    }

    Problem problem(RuntimeException failure, Call call) {
        return problems.of(failure, call.accountIfAny());
    }

    /** A page that is left open looks again and again: that says nothing of anybody, unless it was refused. */
    private static boolean isRoutine(Route route, Call call, Reply reply) {
        return route.access() instanceof Access.Browser
                && Browsers.isByItself(call)
                && reply.outcome().equals("ok");
    }

    /** Like {@link #admitted}; empty when memory does not tell who it is. */
    Optional<Call> admittedAtOnce(Request request, Call call, Access access) {
        return access instanceof Access.Keyed keyed
                ? keys.keyedAtOnce(request, keyed.anyOf()).map(call::by)
                : Optional.empty();
    }

    Call admitted(Request request, Call call, Access access) {
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

    /** Like {@link #about}; empty when memory does not know the account. */
    Optional<Call> aboutAtOnce(Call call, Route route) {
        Optional<String> name = account(call, route);
        return name.isEmpty()
                ? Optional.of(call)
                : directory.known(name.get()).map(entry -> call.about(Optional.of(covered(call.caller(), entry))));
    }

    /** Returns the call with the account that it is about. */
    Call about(Call call, Route route) {
        return account(call, route)
                .map(name -> call.about(Optional.of(account(call.caller(), name))))
                .orElse(call);
    }

    private static Optional<String> account(Call call, Route route) {
        return switch (route.about()) {
            case NO_ACCOUNT -> Optional.empty();
            case PATH -> Optional.of(call.value("account"));
            case HEADER ->
                Optional.of(call.header("Roost-Account")
                        .orElseThrow(() -> ProblemException.invalid("say which account, by its id, @username or"
                                + " X user id, in the header Roost-Account")));
        };
    }

    /** A key for some accounts learns nothing about the others, not even whether they exist. */
    private Directory.Entry account(Caller caller, String name) {
        Optional<Directory.Entry> found = find(name);
        if (found.isEmpty() && !caller.isLimited()) {
            throw unknownAccount(name);
        }
        return covered(caller, found.orElseThrow(Gate::notCovered));
    }

    private static Directory.Entry covered(Caller caller, Directory.Entry entry) {
        if (!caller.covers(entry.id())) {
            throw notCovered();
        }
        return entry;
    }

    private static ProblemException notCovered() {
        return new ProblemException(
                Problem.lasting(403, "account_not_covered", "this API key does not cover this account"));
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
