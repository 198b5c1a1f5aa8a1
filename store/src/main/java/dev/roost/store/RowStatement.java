package dev.roost.store;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/**
 * A statement that writes one row of an account, for many accounts at once. PostgreSQL gets a single statement with an array
 * for each column: to begin one, on a table with checks and generated columns, costs it more than to write the row.
 */
final class RowStatement<T> {
    /** Keeps the values apart from the columns of the table. */
    private static final String VALUE = "v_";

    private final String one;
    private final String many;
    private final List<Column<T>> columns;

    /**
     * Makes one.
     *
     * @param sql an {@code UPDATE … WHERE …} or {@code INSERT … VALUES (…) …} of one row, with the names of columns as parameters
     * @param columns the id of the account first
     */
    RowStatement(String sql, List<Column<T>> columns) {
        this.one = sql;
        this.columns = columns;
        this.many = forMany(sql, columns);
    }

    private static <T> String forMany(String sql, List<Column<T>> columns) {
        String values = columns.stream()
                .map(column -> "CAST(:" + column.name() + " AS " + column.type() + "[])")
                .collect(Collectors.joining(", "));
        String names = columns.stream().map(column -> VALUE + column.name()).collect(Collectors.joining(", "));
        String rows = "FROM unnest(" + values + ") AS v (" + names + ")";
        String named = sql.replaceAll(":([A-Za-z]+)", VALUE + "$1");
        String from = named.contains(" VALUES (")
                ? named.replaceFirst(" VALUES \\(([^)]*)\\)", " SELECT $1 " + rows)
                : named.replaceFirst("\\bWHERE\\b", rows + " WHERE");
        return from + " RETURNING account_id";
    }

    /** Writes the rows, none for the same account as another, and returns those that were written. */
    List<T> write(Handle handle, Dialect dialect, List<T> rows) {
        if (rows.isEmpty()) {
            return rows;
        }
        return dialect.takesArrays() ? atOnce(handle, rows) : oneByOne(handle, rows);
    }

    private List<T> atOnce(Handle handle, List<T> rows) {
        Query query = handle.createQuery(many);
        for (Column<T> column : columns) {
            query = query.bind(column.name(), column.all(rows));
        }
        Set<String> written = query.mapTo(String.class).set();
        return rows.stream()
                .filter(row -> written.contains(
                        String.valueOf(columns.getFirst().value().apply(row))))
                .toList();
    }

    private List<T> oneByOne(Handle handle, List<T> rows) {
        PreparedBatch batch = handle.prepareBatch(one);
        rows.forEach(row -> Column.bind(columns, row, batch).add());
        int[] counts = batch.execute();
        return IntStream.range(0, counts.length)
                .filter(i -> counts[i] == 1)
                .mapToObj(rows::get)
                .toList();
    }
}
