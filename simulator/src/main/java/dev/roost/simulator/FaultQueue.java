package dev.roost.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Faults that wait for their request, oldest first. Safe for several threads. */
final class FaultQueue {

    private final List<Fault> waiting = new ArrayList<>();

    synchronized void add(Fault fault) {
        waiting.add(fault);
    }

    /** Takes out the oldest fault meant for a request at {@code endpoint}, or nothing going wrong. */
    synchronized Strike take(Endpoint endpoint) {
        for (Iterator<Fault> each = waiting.iterator(); each.hasNext(); ) {
            Fault fault = each.next();
            if (fault.endpoint().covers(endpoint)) {
                each.remove();
                return new Strike(fault.kind(), fault.time());
            }
        }
        return new Strike(FaultKind.NONE, Duration.ZERO);
    }

    synchronized void clear() {
        waiting.clear();
    }

    synchronized List<Fault> waiting() {
        return List.copyOf(waiting);
    }

    /**
     * What goes wrong with one request.
     *
     * @param kind {@link FaultKind#NONE} when nothing does
     * @param time as in {@link Fault#time()}
     */
    record Strike(FaultKind kind, Duration time) {}
}
