package dev.roost.simulator;

import java.util.ArrayList;
import java.util.List;

/** The requests to the token endpoint, and one order of all arrivals and ends. Guarded by the lock of {@link World}. */
final class Journal {

    private final SimulatedClock clock;
    private final List<Visit> visits = new ArrayList<>();
    private long ticks;

    Journal(SimulatedClock clock) {
        this.clock = clock;
    }

    /** Notes an arrival; only those at the token endpoint are kept. */
    Visit arrive(Endpoint endpoint, Call call, List<String> pathValues, FaultKind fault) {
        Visit visit = new Visit(visits.size() + 1, clock.now(), call, pathValues, fault, ++ticks);
        if (endpoint == Endpoint.TOKEN) {
            visits.add(visit);
        }
        return visit;
    }

    void end(Visit visit, boolean whole) {
        visit.end(++ticks, whole);
    }

    LedgerRequest request(int number) {
        return visits.get(number - 1).snapshot();
    }

    List<LedgerRequest> snapshot() {
        return visits.stream().map(Visit::snapshot).toList();
    }
}
