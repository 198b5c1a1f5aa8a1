package dev.roost.store;

import dev.roost.core.StoreUnavailableException;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells a database that cannot answer from a statement that is wrong, and says which of the two it is. */
record Outages(Database database) {
    /** SQLSTATE classes of mistakes in the program: bad data, broken constraints, wrong SQL. */
    private static final Set<String> MISTAKES = Set.of("22", "23", "42");
    /** Within class 42, what an operator did: no privilege, a table that is gone. */
    private static final Set<String> NO_MISTAKES = Set.of("42501", "42P01");

    /** The SQLSTATE of a server in recovery, or set to take no writes. */
    static final String READ_ONLY = "25006";

    private static final String FULL = "53300";

    /** Returns what to throw for a failure somewhere below a call. */
    RuntimeException explain(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return explain(sql);
            }
        }
        return new IllegalStateException("a call to " + database.label() + " failed unexpectedly", failure);
    }

    private RuntimeException explain(SQLException failure) {
        return switch (database) {
            case Database.Sqlite sqlite
            when failure instanceof SQLiteException known ->
                explain(sqlite, SQLiteErrorCode.getErrorCode(known.getResultCode().code & 0xff), failure);
            case Database.Sqlite s -> unavailable("does not answer", "try again", failure);
            case Database.Postgres p -> explainPostgres(failure);
        };
    }

    private RuntimeException explain(Database.Sqlite sqlite, SQLiteErrorCode code, SQLException failure) {
        return switch (code) {
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL ->
                unavailable(
                        "was locked by another process for longer than " + sqlite.busyTimeout(),
                        "see who has it open with: fuser -v " + sqlite.file(),
                        failure);
            case SQLITE_FULL ->
                unavailable("cannot grow: the disk is full", "free space on the disk that holds it", failure);
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH ->
                unavailable(
                        "cannot be opened or written", "check that it exists and that this user may write it", failure);
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                unavailable("is damaged or no SQLite database", "restore it from a backup", failure);
            case SQLITE_ERROR, SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_MISUSE, SQLITE_RANGE -> mistake(failure);
            default -> unavailable("cannot be read or written", "check the disk that holds it", failure);
        };
    }

    private RuntimeException explainPostgres(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (state.length() == 5 && MISTAKES.contains(state.substring(0, 2)) && !NO_MISTAKES.contains(state)) {
            return mistake(failure);
        }
        if (state.equals(READ_ONLY)) {
            return readOnly(failure);
        }
        if (hasState(failure, FULL)) {
            return unavailable(
                    "is full: it takes no more connections",
                    "raise max_connections there, or give Roost and others fewer",
                    failure);
        }
        return unavailable(
                "does not answer",
                "check that it runs, that it can be reached from here and that it takes writes",
                failure);
    }

    /** Says that the server takes no writes. */
    StoreUnavailableException readOnly() {
        return readOnly(new SQLException("transaction_read_only is on", READ_ONLY));
    }

    private StoreUnavailableException readOnly(SQLException cause) {
        return unavailable(
                "takes no writes",
                "it is in recovery or set read-only, as while another server takes its place; Roost goes on by itself once"
                        + " it, or the other, takes them",
                cause);
    }

    private static boolean hasState(SQLException failure, String state) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && state.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** Says that no connection became free in time. */
    StoreUnavailableException crowded(Exception cause) {
        return unavailable("is too busy: no connection became free", "try again", cause);
    }

    private StoreUnavailableException unavailable(String what, String next, Exception cause) {
        return new StoreUnavailableException(
                database.label() + " " + what + " (" + cause.getMessage() + "); " + next
                        + ". What was asked may have been done or not, and may be repeated",
                cause);
    }

    private IllegalStateException mistake(SQLException cause) {
        return new IllegalStateException(
                database.label() + " rejected a statement of Roost; report this as a defect", cause);
    }
}
