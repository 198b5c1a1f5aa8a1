package dev.roost.store;

import dev.roost.core.AccountEvent;
import dev.roost.core.AccountId;
import dev.roost.core.Asked;
import dev.roost.core.EngineEvent;
import dev.roost.core.LossCause;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.journal.LoggedEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.statement.SqlStatement;

/** One row of the table {@code events}. */
record EntryRow(long sequence, Entry entry, String hash) {
    private static final Logger LOG = System.getLogger(EntryRow.class.getName());
    static final String COLUMNS = "account_id, sequence, hash, at, kind, generation, node, detail, spent_fingerprint,"
            + " sent_fingerprint, verdict, took_ms, status, error, loss_cause, loss_sent_at, loss_node";
    /** Adds a row unless its place is taken. */
    static final String INSERT = "INSERT INTO events (" + COLUMNS + ") VALUES (:account, :sequence, :hash, :at, :kind,"
            + " :generation, :node, :detail, :spent, :sent, :verdict, :took, :status, :error, :lossCause, :lossSentAt,"
            + " :lossNode) ON CONFLICT (account_id, sequence) DO NOTHING";

    /** @throws IllegalArgumentException if no version of Roost writes such a row */
    static EntryRow read(ResultSet row) throws SQLException {
        AccountEvent event = new AccountEvent(
                new AccountId(row.getString("account_id")),
                Instant.ofEpochMilli(row.getLong("at")),
                AccountEvent.Kind.valueOf(row.getString("kind")),
                row.getLong("generation"),
                row.getString("node"),
                row.getString("detail"));
        return new EntryRow(
                row.getLong("sequence"),
                new Entry(
                        event,
                        asked(row),
                        Optional.ofNullable(row.getString("sent_fingerprint")),
                        Optional.ofNullable(row.getString("spent_fingerprint")),
                        cause(row)),
                Optional.ofNullable(row.getString("hash")).orElse(ChainKey.START));
    }

    private static final List<Column<EntryRow>> VALUES = List.of(
            Column.text("account", row -> row.event().account().value()),
            Column.number("sequence", EntryRow::sequence),
            Column.text("hash", EntryRow::hash),
            Column.number("at", row -> row.event().at().toEpochMilli()),
            Column.text("kind", row -> row.event().kind().name()),
            Column.number("generation", row -> row.event().generation()),
            Column.text("node", row -> row.event().node()),
            Column.text("detail", row -> row.event().detail()),
            Column.optionalText("spent", row -> row.entry.spent()),
            Column.optionalText("sent", row -> row.entry.sent()),
            Column.optionalText(
                    "verdict",
                    row -> row.entry.asked().map(asked -> asked.verdict().name())),
            Column.optionalNumber(
                    "took", row -> row.entry.asked().map(asked -> asked.took().toMillis())),
            Column.optionalNumber("status", row -> row.entry.asked().flatMap(EntryRow::status)),
            Column.optionalText("error", row -> row.entry.asked().map(Asked::error)),
            Column.optionalText(
                    "lossCause", row -> LossColumns.of(row.entry.cause()).word()),
            Column.optionalNumber(
                    "lossSentAt", row -> LossColumns.of(row.entry.cause()).sentAt()),
            Column.optionalText(
                    "lossNode", row -> LossColumns.of(row.entry.cause()).node()));

    /** {@link #INSERT} for many accounts. */
    static final RowStatement<EntryRow> INSERT_MANY = new RowStatement<>(INSERT, VALUES);

    private AccountEvent event() {
        return entry.event();
    }

    /** A row that may be unreadable, which only a change of it by somebody else makes it. */
    record Found(long sequence, Optional<EntryRow> row) {
        /** @throws StoreUnavailableException if it is unreadable */
        EntryRow readable(AccountId account) {
            return row.orElseThrow(() -> new StoreUnavailableException(
                    "entry " + sequence + " in the log of account " + account
                            + " cannot be read, for its row was changed by somebody else; see what differs with: roost"
                            + " verify-log " + account,
                    new IllegalStateException("unreadable entry")));
        }

        static Found read(ResultSet row) throws SQLException {
            long sequence = row.getLong("sequence");
            try {
                return new Found(sequence, Optional.of(EntryRow.read(row)));
            } catch (SQLException | IllegalArgumentException e) {
                LOG.log(Level.DEBUG, "an entry of the log cannot be read", e);
                return new Found(sequence, Optional.empty());
            }
        }
    }

    LoggedEvent logged() {
        return new LoggedEvent(
                sequence, entry.event(), entry.asked(), entry.spent().or(entry::sent), entry.cause());
    }

    <S extends SqlStatement<S>> S bindTo(S statement) {
        return Column.bind(VALUES, this, statement);
    }

    private static Optional<Long> status(Asked asked) {
        return asked.status().stream().asLongStream().boxed().findFirst();
    }

    private static Optional<Asked> asked(ResultSet row) throws SQLException {
        String verdict = row.getString("verdict");
        Optional<Long> took = number(row, "took_ms");
        Optional<Long> status = number(row, "status");
        Optional<String> error = Optional.ofNullable(row.getString("error"));
        if (verdict == null) {
            require(took.isEmpty() && status.isEmpty() && error.isEmpty());
            return Optional.empty();
        }
        require(took.isPresent() && error.isPresent());
        return Optional.of(new Asked(
                EngineEvent.Outcome.valueOf(verdict),
                Duration.ofMillis(took.orElseThrow()),
                status.map(code -> OptionalInt.of(Math.toIntExact(code))).orElseGet(OptionalInt::empty),
                error.orElseThrow()));
    }

    private static Optional<LossCause> cause(ResultSet row) throws SQLException {
        Optional<LossCause> cause = LossColumns.read(row);
        require(LossColumns.of(cause)
                .equals(new LossColumns(
                        Optional.ofNullable(row.getString("loss_cause")),
                        number(row, "loss_sent_at"),
                        Optional.ofNullable(row.getString("loss_node")))));
        return cause;
    }

    private static Optional<Long> number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(number);
    }

    private static void require(boolean written) {
        if (!written) {
            throw new IllegalArgumentException("columns contradict each other");
        }
    }
}
