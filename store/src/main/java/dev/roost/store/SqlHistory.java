package dev.roost.store;

import dev.roost.core.EngineEvent.Outcome;
import dev.roost.core.overview.RefreshHistory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Update;

/** How refreshes went, in SQL: a row a step, to which every process adds. */
record SqlHistory(SqlGate gate) implements RefreshHistory {
    private static final int CLASSES = BOUNDS.size() + 1;
    private static final List<String> COUNTS = Stream.of(
                    Arrays.stream(Outcome.values()).map(SqlHistory::column),
                    Stream.of("lost"),
                    IntStream.range(0, CLASSES).mapToObj(SqlHistory::column))
            .flatMap(columns -> columns)
            .toList();
    private static final String ADD = "INSERT INTO refresh_history (client_id, began_at, "
            + String.join(", ", COUNTS) + ") VALUES (:clientId, :beganAt, "
            + joined(":%1$s") + ") ON CONFLICT (client_id, began_at) DO UPDATE SET "
            + joined("%1$s = refresh_history.%1$s + excluded.%1$s");
    private static final String READ = "SELECT * FROM refresh_history"
            + " WHERE client_id = :clientId AND began_at >= :from AND began_at < :to ORDER BY began_at";

    @Override
    public void add(String clientId, Counts counts) {
        gate.change(handle -> {
            Update update = handle.createUpdate(ADD)
                    .bind("clientId", clientId)
                    .bind("beganAt", counts.start().toEpochMilli())
                    .bind("lost", counts.lost());
            for (Outcome outcome : Outcome.values()) {
                update.bind(column(outcome), counts.outcomes().getOrDefault(outcome, 0L));
            }
            for (int i = 0; i < CLASSES; i++) {
                update.bind(column(i), counts.durations().get(i));
            }
            update.execute();
        });
    }

    @Override
    public List<Counts> read(String clientId, Instant from, Instant to) {
        return gate.read(handle -> handle.createQuery(READ)
                .bind("clientId", clientId)
                .bind("from", from.toEpochMilli())
                .bind("to", to.toEpochMilli())
                .map((row, _) -> counts(row))
                .list());
    }

    @Override
    public int forget(Instant before) {
        return gate.write(handle -> handle.createUpdate("DELETE FROM refresh_history WHERE began_at < :before")
                .bind("before", before.toEpochMilli())
                .execute());
    }

    private static Counts counts(ResultSet row) throws SQLException {
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            long count = row.getLong(column(outcome));
            if (count > 0) {
                outcomes.put(outcome, count);
            }
        }
        List<Long> durations = new ArrayList<>();
        for (int i = 0; i < CLASSES; i++) {
            durations.add(row.getLong(column(i)));
        }
        return new Counts(Instant.ofEpochMilli(row.getLong("began_at")), outcomes, row.getLong("lost"), durations);
    }

    private static String column(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static String column(int durationClass) {
        return "took_" + durationClass;
    }

    private static String joined(String form) {
        return COUNTS.stream().map(form::formatted).collect(Collectors.joining(", "));
    }
}
