package dev.roost.store;

import dev.roost.core.limits.LimitSpan;
import dev.roost.core.limits.RateStore;
import dev.roost.core.limits.RateWindow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Windows of X's limits, in SQL. */
record SqlRates(SqlGate gate) implements RateStore {
    /** The same rule as {@link RateWindow} has for what a process knows. */
    private static final String NOTE = """
            INSERT INTO rate_windows (client_id, route, account_id, span, allowed, remaining, resets_at, believed_until)
            VALUES (:clientId, :route, :account, :span, :allowed, :remaining, :resetsAt, :believedUntil)
            ON CONFLICT (client_id, route, account_id, span) DO UPDATE SET allowed = excluded.allowed,
                remaining = excluded.remaining, resets_at = excluded.resets_at, believed_until = excluded.believed_until
            WHERE rate_windows.believed_until <= :now OR excluded.resets_at > rate_windows.resets_at + :same
                OR (excluded.resets_at >= rate_windows.resets_at - :same
                    AND (excluded.remaining < rate_windows.remaining OR (excluded.remaining = rate_windows.remaining
                        AND excluded.believed_until > rate_windows.believed_until)))
            """;

    private static final String LIVE = "SELECT * FROM rate_windows WHERE client_id = :clientId AND resets_at > :now";
    private static final String ACCOUNTS =
            "SELECT count(*) FROM grants WHERE client_id = :clientId AND state <> 'disconnected'";

    /** Always in the same order, so that two processes cannot lock rows crosswise. */
    private static final Comparator<RateWindow> ORDER = Comparator.comparing(
                    (RateWindow window) -> window.key().route())
            .thenComparing(window -> window.key().account())
            .thenComparing(window -> window.key().span());

    @Override
    public void note(String clientId, List<RateWindow> windows, Instant now) {
        gate.change(handle -> windows.stream().sorted(ORDER).forEach(window -> note(handle, clientId, window, now)));
    }

    private static void note(Handle handle, String clientId, RateWindow window, Instant now) {
        handle.createUpdate(NOTE)
                .bind("clientId", clientId)
                .bind("route", window.key().route())
                .bind("account", window.key().account())
                .bind("span", name(window.key().span()))
                .bind("allowed", window.limit())
                .bind("remaining", window.remaining())
                .bind("resetsAt", window.resetsAt().toEpochMilli())
                .bind("believedUntil", window.believedUntil().toEpochMilli())
                .bind("now", now.toEpochMilli())
                .bind("same", RateWindow.SAME.toMillis())
                .execute();
    }

    @Override
    public List<RateWindow> live(String clientId, Instant now) {
        return gate
                .read(handle -> handle.createQuery(LIVE)
                        .bind("clientId", clientId)
                        .bind("now", now.toEpochMilli())
                        .map((row, _) -> window(row))
                        .list())
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** A span that only a newer Roost knows is left out. */
    private static Optional<RateWindow> window(ResultSet row) throws SQLException {
        String name = row.getString("span");
        Optional<LimitSpan> span = Arrays.stream(LimitSpan.values())
                .filter(known -> name(known).equals(name))
                .findFirst();
        if (span.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RateWindow(
                new RateWindow.Key(row.getString("route"), row.getString("account_id"), span.get()),
                row.getLong("allowed"),
                row.getLong("remaining"),
                Instant.ofEpochMilli(row.getLong("resets_at")),
                Instant.ofEpochMilli(row.getLong("believed_until"))));
    }

    @Override
    public long accounts(String clientId) {
        return gate.read(handle -> handle.createQuery(ACCOUNTS)
                .bind("clientId", clientId)
                .mapTo(Long.class)
                .one());
    }

    @Override
    public long forget(Instant before) {
        return gate.write(handle -> handle.createUpdate("DELETE FROM rate_windows WHERE resets_at < :before")
                .bind("before", before.toEpochMilli())
                .execute());
    }

    private static String name(LimitSpan span) {
        return span.name().toLowerCase(Locale.ROOT);
    }
}
