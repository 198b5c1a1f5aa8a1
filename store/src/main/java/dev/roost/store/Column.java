package dev.roost.store;

import java.lang.reflect.Array;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * A value of a row, by the name that statements have for it.
 *
 * @param type as PostgreSQL calls it
 * @param javaType of the values
 */
record Column<T>(String name, String type, Class<?> javaType, Function<T, @Nullable Object> value) {
    static <T> Column<T> text(String name, Function<T, String> value) {
        return new Column<>(name, "text", String.class, value::apply);
    }

    static <T> Column<T> optionalText(String name, Function<T, Optional<String>> value) {
        return new Column<>(name, "text", String.class, row -> value.apply(row).orElse(null));
    }

    static <T> Column<T> number(String name, Function<T, Long> value) {
        return new Column<>(name, "int8", Long.class, value::apply);
    }

    static <T> Column<T> optionalNumber(String name, Function<T, Optional<Long>> value) {
        return new Column<>(name, "int8", Long.class, row -> value.apply(row).orElse(null));
    }

    static <T> Column<T> bytes(String name, Function<T, byte[]> value) {
        return new Column<>(name, "bytea", byte[].class, value::apply);
    }

    /** Returns the same column of something that has such a row. */
    <U> Column<U> in(Function<U, T> part) {
        return new Column<>(name, type, javaType, whole -> value.apply(part.apply(whole)));
    }

    /** Binds the values of a row. */
    static <T, S extends SqlStatement<S>> S bind(List<Column<T>> columns, T row, S statement) {
        S bound = statement;
        for (Column<T> column : columns) {
            bound = bound.bindByType(column.name, column.value.apply(row), column.javaType);
        }
        return bound;
    }

    /** Returns the values of many rows as an array of PostgreSQL. */
    Argument all(List<T> rows) {
        @Nullable Object[] values = (@Nullable Object[]) Array.newInstance(javaType, rows.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(rows.get(i));
        }
        return (position, statement, context) ->
                statement.setArray(position, statement.getConnection().createArrayOf(type, values));
    }
}
