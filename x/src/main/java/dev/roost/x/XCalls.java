package dev.roost.x;

import dev.roost.core.Scopes;
import dev.roost.core.limits.RateBudget;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes data calls: one request each, or none when a scope is surely missing. Safe for many threads. */
final class XCalls {
    private final XSettings settings;
    private final XTransport transport;
    private final ReplyReader replies;

    private final Budgeted budget;

    XCalls(XSettings settings, XTransport transport, InstantSource clock) {
        this(settings, transport, clock, RateBudget.NONE);
    }

    XCalls(XSettings settings, XTransport transport, InstantSource clock, RateBudget budget) {
        this.budget = new Budgeted(budget, clock);
        this.settings = settings;
        this.transport = transport;
        this.replies = new ReplyReader(clock);
    }

    /** Makes the call for this account and waits for its answer, at most for the answer deadline. */
    <T> XReply<T> ask(XCaller caller, ApiCall<T> call) {
        Optional<Scopes> missing = call.permission().missing(caller);
        if (missing.isPresent()) {
            return refused(XProblem.Kind.NOT_PERMITTED, lacking(caller, missing.get()));
        }
        Optional<RateBudget.Hold> hold = budget.held(caller.account(), call.method(), call.path());
        if (hold.isPresent()) {
            return new XReply.RateLimited<>(
                    new XProblem(XProblem.Kind.RATE_LIMITED, 0, "", "", Budgeted.explain(hold.get())),
                    hold.get().until());
        }
        Delivery delivery = transport.send(request(caller, call));
        if (delivery instanceof Delivery.Answered answer) {
            budget.heard(caller.account(), call.method(), call.path(), answer);
        }
        return replies.read(
                delivery,
                call.needing(call.permission().heldBy(caller)),
                Censor.of(caller.token().value()));
    }

    private XRequest request(XCaller caller, ApiCall<?> call) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "Bearer " + caller.token().expose());
        if (!call.type().isEmpty()) {
            headers.put("Content-Type", call.type());
        }
        return new XRequest(
                call.method(), settings.api(call.target()), headers, call.body(), settings.answerDeadline());
    }

    /** What Roost itself refuses; nothing was sent. */
    static <T> XReply<T> refused(XProblem.Kind kind, String explanation) {
        return new XReply.Refused<>(new XProblem(kind, 0, "", "", explanation));
    }

    private static String lacking(XCaller caller, Scopes missing) {
        return "This call needs " + (missing.values().size() == 1 ? "scope " : "scopes ") + missing + ", which "
                + Censor.shown(caller.name()) + " did not grant; sign in again with it.";
    }
}
