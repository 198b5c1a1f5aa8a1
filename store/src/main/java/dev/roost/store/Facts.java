package dev.roost.store;

import dev.roost.core.AccountEvent;
import dev.roost.core.AccountId;
import dev.roost.core.ChangeFeed.Change.AccountChanged;
import dev.roost.core.alerting.Alert;
import dev.roost.core.alerting.AlertType;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Puts what has happened to an account into the outbox, in the transaction of the change: what is durable is told, and what is
 * told is durable. Rotations ask nothing here; {@link SqlAlerts} finds what they end.
 */
final class Facts {
    private static final String ACCOUNT = """
            SELECT a.client_id, a.username, g.loss_cause FROM accounts a JOIN grants g ON g.account_id = a.id
            WHERE a.id = :account
            """;
    private static final String CLOSE =
            "DELETE FROM open_alerts WHERE subject = :account RETURNING type, alert_id, raised_at";
    private static final String OPEN = """
            INSERT INTO open_alerts (subject, type, client_id, since, seen_at, raised_at, alert_id, generation, node,
                cause, detail)
            VALUES (:account, :type, :clientId, :at, :at, :at, :alertId, :generation, :node,
                CAST(:cause AS TEXT), :detail)
            ON CONFLICT (subject, type) DO NOTHING
            """;
    private static final String GOES_ON =
            "UPDATE open_alerts SET clear_since = NULL WHERE subject = :account AND type = :type";

    private Facts() {}

    private record Known(String app, String username, Optional<String> cause) {}

    /** An open alert that ends; raised at 0 if it was never told. */
    private record Closed(Alert.Ended ended, long raisedAt) {}

    static void tell(Handle handle, AccountEvent event) {
        switch (event.kind()) {
            case CONNECTED -> {
                connected(handle, event);
                Notices.tell(handle, new AccountChanged(event.account()));
            }
            case REFUSED -> refused(handle, event);
            case DISCONNECTED -> {
                disconnected(handle, event);
                Notices.tell(handle, new AccountChanged(event.account()));
            }
            case ROTATED, ANSWER_MISSING, GUARDED_RETRY, REFRESH_FAILED, SPOOLED, SUPERSEDED -> {}
        }
    }

    /** A sign-in ends whatever was wrong with the account. */
    private static void connected(Handle handle, AccountEvent event) {
        AlertColumns.send(handle, alert(handle, event, AlertType.ACCOUNT_CONNECTED, Optional.empty(), List.of()));
        for (Closed closed : close(handle, event.account())) {
            Alert over = alert(
                    handle, event, AlertType.ACCOUNT_RECOVERED, Optional.of("signed_in"), List.of(closed.ended()));
            AlertColumns.send(handle, over, closed.raisedAt());
        }
    }

    private static void refused(Handle handle, AccountEvent event) {
        Optional<String> cause = known(handle, event.account()).cause();
        AlertColumns.send(handle, alert(handle, event, AlertType.GRANT_LOST, cause, List.of()));
        Alert required = alert(handle, event, AlertType.REAUTHORIZATION_REQUIRED, cause, List.of());
        boolean opened = handle.createUpdate(OPEN)
                        .bind("account", event.account().value())
                        .bind("type", required.type().word())
                        .bind("clientId", required.app())
                        .bind("at", event.at().toEpochMilli())
                        .bind("alertId", required.id())
                        .bind("generation", event.generation())
                        .bind("node", event.node())
                        .bind("cause", cause)
                        .bind("detail", event.detail())
                        .execute()
                == 1;
        if (opened) {
            AlertColumns.send(handle, required);
        } else {
            handle.createUpdate(GOES_ON)
                    .bind("account", event.account().value())
                    .bind("type", required.type().word())
                    .execute();
        }
    }

    private static void disconnected(Handle handle, AccountEvent event) {
        List<Alert.Ended> ended =
                close(handle, event.account()).stream().map(Closed::ended).toList();
        AlertColumns.send(handle, alert(handle, event, AlertType.ACCOUNT_DISCONNECTED, Optional.empty(), ended));
    }

    /** Returns what had been told. */
    private static List<Closed> close(Handle handle, AccountId account) {
        return handle
                .createQuery(CLOSE)
                .bind("account", account.value())
                .map((row, _) -> new Closed(
                        new Alert.Ended(AlertType.parse(row.getString("type")), row.getString("alert_id")),
                        row.getLong("raised_at")))
                .stream()
                .filter(closed -> closed.raisedAt() > 0)
                .sorted(java.util.Comparator.comparingLong(Closed::raisedAt))
                .toList();
    }

    private static Alert alert(
            Handle handle, AccountEvent event, AlertType type, Optional<String> cause, List<Alert.Ended> ends) {
        Known known = known(handle, event.account());
        String account = event.account().value();
        String id = ends.size() == 1 && type == AlertType.ACCOUNT_RECOVERED
                ? ends.getFirst().id() + "-recovered"
                : AlertColumns.id(account, type, event.at().toEpochMilli());
        return new Alert(
                id,
                type,
                event.at(),
                Optional.of(new Alert.About(event.account(), known.username(), event.generation())),
                known.app(),
                event.node(),
                cause,
                event.detail(),
                ends);
    }

    private static Known known(Handle handle, AccountId account) {
        return handle.createQuery(ACCOUNT)
                .bind("account", account.value())
                .map((row, _) -> new Known(
                        row.getString("client_id"),
                        row.getString("username"),
                        Optional.ofNullable(row.getString("loss_cause"))))
                .one();
    }
}
