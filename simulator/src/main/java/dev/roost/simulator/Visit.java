package dev.roost.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request on its way through the simulator, and what the ledger will say of it. Guarded by {@link World}'s lock. */
final class Visit {

    private final int number;
    private final Instant time;
    private final Call call;
    private final List<String> pathValues;
    private final FaultKind fault;
    private final long startTick;
    private @Nullable Map<String, String> params;
    private Outcome outcome = Outcome.UNDECIDED;
    private List<Token> tokens = List.of();
    private boolean answered;
    private long endTick = Long.MAX_VALUE;

    Visit(int number, Instant time, Call call, List<String> pathValues, FaultKind fault, long startTick) {
        this.number = number;
        this.time = time;
        this.call = call;
        this.pathValues = List.copyOf(pathValues);
        this.fault = fault;
        this.startTick = startTick;
    }

    int number() {
        return number;
    }

    Call call() {
        return call;
    }

    /** The parameters of the body, read once asked for: an upload is large and has none. */
    Map<String, String> params() {
        Map<String, String> read = params;
        if (read == null) {
            read = call.params();
            params = read;
        }
        return read;
    }

    FaultKind fault() {
        return fault;
    }

    /** What stood in the path at the route's first placeholder. */
    String pathValue() {
        return pathValues.getFirst();
    }

    /** What stood in the path at the route's second placeholder. */
    String secondPathValue() {
        return pathValues.get(1);
    }

    void conclude(Outcome decided) {
        outcome = decided;
    }

    void conclude(Outcome decided, Issued issued) {
        outcome = decided;
        tokens = issued.tokens();
    }

    /** Notes the end, and whether the answer reaches the socket whole and at once. */
    void end(long tick, boolean whole) {
        endTick = tick;
        answered = whole;
        // A replay within the grace window must not unsay that an earlier answer carried the same tokens.
        if (whole) {
            tokens.forEach(token -> token.answered(true));
        }
    }

    /** Takes back that the answer was written. */
    void lost() {
        answered = false;
        if (outcome != Outcome.REPLAYED_IN_GRACE) {
            tokens.forEach(token -> token.answered(false));
        }
    }

    LedgerRequest snapshot() {
        return new LedgerRequest(
                number,
                time,
                params().getOrDefault("grant_type", ""),
                params().getOrDefault("refresh_token", params().getOrDefault("code", "")),
                outcome,
                fault,
                answered,
                startTick,
                endTick);
    }
}
