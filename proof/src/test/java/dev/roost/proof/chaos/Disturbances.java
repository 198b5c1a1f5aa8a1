package dev.roost.proof.chaos;

import dev.roost.proof.chaos.Sends.Send;
import dev.roost.simulator.FaultKind;
import dev.roost.simulator.LedgerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** What was done to nodes in ways that can cost an answer of X, or keep callers from them, and when. Safe for many threads. */
final class Disturbances {
    /** Faults of X after which nobody has the new tokens, or only after the sender's deadline. */
    private static final Set<FaultKind> NO_ANSWER = Set.of(
            FaultKind.LOSE_ANSWER,
            FaultKind.CUT_BODY,
            FaultKind.UNREADABLE_200,
            FaultKind.TOKENLESS_200,
            FaultKind.STATUS_503_AFTER,
            FaultKind.STALL);
    /** How long a busy machine may take from the answer at a node's socket to the disk; who dies in it is excused. */
    private static final Duration TO_DISK = Duration.ofSeconds(2);
    /** The node's own clock for its deadline may have begun so much before the proxy had the request. */
    private static final Duration SLACK = Duration.ofMillis(500);

    /** Whoever could be asked for so long had time for the one answer that a caller waits for. */
    private static final Duration ONE_ATTEMPT = Duration.ofMillis(1_500);

    private static final Set<Kind> KEEP_CALLERS_OUT = Set.of(Kind.AWAY, Kind.PAUSE, Kind.LINE_TO_CALLERS);

    private final Queue<Span> spans = new ConcurrentLinkedQueue<>();

    /** What was done. */
    enum Kind {
        KILL,
        /** From a kill until the node serves again, which it cannot while the database is away. */
        AWAY,
        PAUSE,
        LINE_TO_X,
        LINE_TO_CALLERS
    }

    private record Span(String node, Kind kind, Instant from, AtomicReference<Instant> to) {
        boolean meets(Instant begin, Instant end) {
            return from.isBefore(end) && to.get().isAfter(begin);
        }
    }

    /** An end to be called when the disturbance is over. */
    interface End {
        void now();
    }

    End begin(String node, Kind kind) {
        Span span = new Span(node, kind, Instant.now(), new AtomicReference<>(Instant.MAX));
        spans.add(span);
        return () -> span.to().set(Instant.now());
    }

    /**
     * Returns why the answer to the request that spent a token never came to durable ground, for a cause outside of its
     * sender's power; empty when there is none. Only what was done to the very sender counts, and only between its lease and
     * its deadline, or the moment it could have had the answer on its disk; time in which it was paused does not count.
     *
     * @param leasedAt when the sender's lease began: it may be dead before its request has come to the proxy
     * @param send that request as the sender's proxy saw it
     */
    Optional<String> explain(LedgerRequest request, Instant leasedAt, Send send) {
        if (NO_ANSWER.contains(request.fault())) {
            return Optional.of("X: " + request.fault());
        }
        Instant deadline = send.began().plus(Scale.ANSWER);
        Optional<Instant> inTime = send.answered().filter(at -> at.isBefore(deadline.minus(SLACK)));
        Instant begin = leasedAt.isBefore(send.began()) ? leasedAt : send.began();
        Instant durable = afterPauses(send, inTime.orElse(deadline)).plus(TO_DISK);
        return of(send, Kind.KILL)
                .filter(span -> span.from().isAfter(begin) && span.from().isBefore(durable))
                .map(span -> killed(span, inTime))
                .findFirst()
                .or(() -> of(send, Kind.PAUSE)
                        .filter(span -> span.meets(send.began(), deadline))
                        .filter(span -> span.to().get().isAfter(deadline.minus(SLACK)))
                        .map(_ -> "its sender was paused until after its deadline")
                        .findFirst())
                .or(() -> inTime.isPresent() ? Optional.empty() : unanswered(send, deadline));
    }

    /** Tells whether every one of these nodes was dead, paused or cut off from callers for nearly all of this time. */
    boolean couldAskNobody(Collection<String> nodes, Instant from, Instant to) {
        return nodes.stream()
                .allMatch(node -> longestUndisturbed(node, from, to).compareTo(ONE_ATTEMPT) < 0);
    }

    private Duration longestUndisturbed(String node, Instant from, Instant to) {
        Instant free = from;
        Duration longest = Duration.ZERO;
        List<Span> all = spans.stream()
                .filter(span -> span.node().equals(node) && KEEP_CALLERS_OUT.contains(span.kind()))
                .filter(span -> span.meets(from, to))
                .sorted(Comparator.comparing(Span::from))
                .toList();
        for (Span span : all) {
            longest = longer(longest, Duration.between(free, span.from()));
            free = span.to().get().isAfter(free) ? span.to().get() : free;
        }
        return free.isBefore(to) ? longer(longest, Duration.between(free, to)) : longest;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** Who was paused before it could do anything with an answer has it only then. */
    private Instant afterPauses(Send send, Instant answered) {
        return of(send, Kind.PAUSE)
                .filter(span -> span.meets(answered, answered.plus(TO_DISK)))
                .map(span -> span.to().get())
                // Who is paused still cannot have been killed since.
                .filter(end -> answered.isBefore(end) && end.isBefore(Instant.MAX))
                .max(Comparator.naturalOrder())
                .orElse(answered);
    }

    private static String killed(Span kill, Optional<Instant> answered) {
        return answered.map(at -> Duration.between(at, kill.from()).toMillis())
                .filter(millis -> millis >= 0)
                .map(millis -> "its sender was killed within " + (millis < 100 ? "0.1" : millis < 500 ? "0.5" : "2")
                        + " s of the answer")
                .orElse("its sender was killed before the answer came");
    }

    /** The proxy itself held the answer back, or the machine did. */
    private Optional<String> unanswered(Send send, Instant deadline) {
        return of(send, Kind.LINE_TO_X)
                .filter(span -> span.meets(send.began().minus(SLACK), deadline))
                .map(_ -> "its sender's line to X failed")
                .findFirst()
                .or(() -> send.answered().map(_ -> "the answer came after the deadline, on a busy machine"));
    }

    private Stream<Span> of(Send send, Kind kind) {
        return spans.stream().filter(span -> span.kind() == kind && span.node().equals(send.node()));
    }
}
