package dev.roost.server.http;

import java.util.Optional;
import org.eclipse.jetty.server.Request;

/**
 * A request on its way through the gate. Each step is taken once: as many as memory allows at once, on the thread that read
 * the request, the others on one that may wait. For one thread at a time.
 */
final class Passage {
    private final Gate gate;
    private final Route route;
    private final Request request;
    private Call call;
    private Step next = Step.ADMISSION;

    /** What is to be done with a request, in this order. */
    private enum Step {
        ADMISSION,
        ACCOUNT,
        ANSWER
    }

    Passage(Gate gate, Route route, Request request, Call call) {
        this.gate = gate;
        this.route = route;
        this.request = request;
        this.call = call;
    }

    /** Answers from memory alone; empty when the rest is for {@link #finish}. */
    Optional<Reply> atOnce() {
        try {
            return took(gate.admittedAtOnce(request, call, route.access()), Step.ACCOUNT)
                            && took(gate.aboutAtOnce(call, route), Step.ANSWER)
                    ? route.endpoint().atOnce(call).map(reply -> gate.passed(route, call, reply))
                    : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(refused(e));
        }
    }

    /** Does what is left to be done. Waits for stores and for X. */
    Reply finish() {
        try {
            if (next == Step.ADMISSION) {
                call = gate.admitted(request, call, route.access());
                next = Step.ACCOUNT;
            }
            if (next == Step.ACCOUNT) {
                call = gate.about(call, route);
                next = Step.ANSWER;
            }
            return gate.passed(route, call, route.endpoint().answer(call));
        } catch (RuntimeException e) {
            return refused(e);
        }
    }

    private boolean took(Optional<Call> further, Step then) {
        further.ifPresent(known -> {
            call = known;
            next = then;
        });
        return further.isPresent();
    }

    private Reply refused(RuntimeException failure) {
        Problem problem = gate.problem(failure, call);
        return gate.passed(
                route, call, closing(route.form().reply(problem, call).because(problem)));
    }

    /** What is left of a body that was not read would be taken for the next request. */
    private static Reply closing(Reply reply) {
        return reply.status() == 413 || reply.status() == 408 ? reply.with("Connection", "close") : reply;
    }
}
