package dev.roost.testkit;

import dev.roost.core.AppStates;
import dev.roost.core.Node;
import dev.roost.core.XAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The apps that X rejects, of a {@link MemoryStore}, away when that is. */
final class MemoryAppStates implements AppStates {
    private static final Duration LONGEST_LEASE = Duration.ofHours(1);

    private final ConcurrentHashMap<String, Row> rows = new ConcurrentHashMap<>();
    private final MemoryStore store;
    private final InstantSource clock;

    MemoryAppStates(MemoryStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    private record Row(XAnswer answer, Duration pause, Instant probeAt, Optional<Node> owner, Instant until) {
        /** What lies further ahead than it can was written by a clock that was ahead, and counts for nothing. */
        Duration untilProbe(Instant now) {
            Duration rest = Duration.between(now, probeAt);
            Duration held = Duration.between(now, until);
            Duration wait = rest.compareTo(pause) > 0 ? Duration.ZERO : rest;
            return held.compareTo(wait) > 0 && held.compareTo(LONGEST_LEASE) <= 0 ? held : wait;
        }
    }

    @Override
    public Optional<Rejected> rejection(String clientId) {
        return store.ask(() -> Optional.ofNullable(rows.get(clientId))
                .map(row -> new Rejected(row.answer, row.pause, row.untilProbe(clock.instant()))));
    }

    @Override
    public boolean reject(String clientId, XAnswer answer, Node node, Duration pause) {
        Instant now = clock.instant();
        Row row = new Row(answer, pause, now.plus(pause), Optional.empty(), now);
        return store.ask(() -> rows.putIfAbsent(clientId, row) == null);
    }

    @Override
    public boolean takeProbe(String clientId, Node node, Duration length) {
        return store.ask(() -> {
            AtomicBoolean taken = new AtomicBoolean();
            Instant now = clock.instant();
            rows.computeIfPresent(clientId, (id, row) -> {
                taken.set(!row.untilProbe(now).isPositive());
                return taken.get()
                        ? new Row(row.answer, row.pause, row.probeAt, Optional.of(node), now.plus(length))
                        : row;
            });
            return taken.get();
        });
    }

    @Override
    public void stillRejected(String clientId, Node node, Duration pause) {
        Instant now = clock.instant();
        store.tell(() -> rows.computeIfPresent(
                clientId,
                (id, row) -> row.owner.equals(Optional.of(node))
                        ? new Row(row.answer, pause, now.plus(pause), Optional.empty(), now)
                        : row));
    }

    @Override
    public boolean works(String clientId) {
        return store.ask(() -> rows.remove(clientId) != null);
    }
}
