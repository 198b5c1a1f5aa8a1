package dev.roost.proof.chaos;

import dev.roost.simulator.LedgerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What was done to nodes in ways that can cost an answer of X, and when. Safe for many threads. */
final class Disturbances {
    /** How long after X's commit an answer may still be on its way to durable ground. */
    private static final Duration ON_ITS_WAY = Scale.ANSWER.plusSeconds(1);

    private final Queue<Span> spans = new ConcurrentLinkedQueue<>();

    private record Span(
            String node, String kind, Instant from, java.util.concurrent.atomic.AtomicReference<Instant> to) {}

    /** An end to be called when the disturbance is over. */
    interface End {
        void now();
    }

    End begin(String node, String kind) {
        Span span = new Span(node, kind, Instant.now(), new java.util.concurrent.atomic.AtomicReference<>(Instant.MAX));
        spans.add(span);
        return () -> span.to().set(Instant.now());
    }

    /**
     * Returns why the answer to a request of a node may never have come to durable ground, for a cause outside of the node's
     * power; empty when there is none.
     */
    Optional<String> explain(LedgerRequest request, String node) {
        if (!request.answered()) {
            return Optional.of("X " + request.fault().name());
        }
        Instant until = request.time().plus(ON_ITS_WAY);
        return spans.stream()
                .filter(span -> node.startsWith(span.node() + "-"))
                .filter(span -> span.from().isBefore(until) && span.to().get().isAfter(request.time()))
                .map(Span::kind)
                .findFirst();
    }
}
