package dev.roost.testkit;

import dev.roost.core.EngineEvent.Outcome;
import dev.roost.core.overview.RefreshHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** How refreshes went, for a {@link MemoryStore}; away when that is. */
final class MemoryHistory implements RefreshHistory {
    private final Map<String, NavigableMap<Instant, Counts>> rows = new TreeMap<>();
    private final MemoryStore store;

    MemoryHistory(MemoryStore store) {
        this.store = store;
    }

    @Override
    public void add(String clientId, Counts counts) {
        store.tell(() -> put(clientId, counts));
    }

    @Override
    public List<Counts> read(String clientId, Instant from, Instant to) {
        return store.ask(() -> between(clientId, from, to));
    }

    @Override
    public int forget(Instant before) {
        return store.ask(() -> drop(before));
    }

    private synchronized void put(String clientId, Counts counts) {
        rows.computeIfAbsent(clientId, id -> new TreeMap<>()).merge(counts.start(), counts, MemoryHistory::sum);
    }

    private synchronized List<Counts> between(String clientId, Instant from, Instant to) {
        return List.copyOf(rows.getOrDefault(clientId, new TreeMap<>())
                .subMap(from, true, to, false)
                .values());
    }

    private synchronized int drop(Instant before) {
        int dropped = 0;
        for (NavigableMap<Instant, Counts> steps : rows.values()) {
            NavigableMap<Instant, Counts> old = steps.headMap(before, false);
            dropped += old.size();
            old.clear();
        }
        return dropped;
    }

    private static Counts sum(Counts a, Counts b) {
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        outcomes.putAll(a.outcomes());
        b.outcomes().forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum));
        List<Long> durations = new ArrayList<>();
        for (int i = 0; i < a.durations().size(); i++) {
            durations.add(a.durations().get(i) + b.durations().get(i));
        }
        return new Counts(a.start(), outcomes, a.lost() + b.lost(), durations);
    }
}
