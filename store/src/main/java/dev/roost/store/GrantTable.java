package dev.roost.store;

import dev.roost.core.AccountId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** The words in which the rest of the package speaks with accounts and grants. */
record GrantTable(SqlGate gate) {
    /** Makes a statement that changes something, with the lease clock bound. */
    Update update(Handle handle, String sql) {
        return handle.createUpdate(gate.dialect().sql(sql)).bind("leaseNow", gate.leaseNow());
    }

    /** Makes a statement that returns rows, with the lease clock bound. */
    Query query(Handle handle, String sql) {
        return handle.createQuery(gate.dialect().sql(sql)).bind("leaseNow", gate.leaseNow());
    }

    /** Returns the joined rows that a condition (and order) picks. */
    Stream<GrantRow> rows(Handle handle, String condition, Map<String, ?> values) {
        return query(handle, GrantRow.SELECT + condition).bindMap(values).map((row, _) -> GrantRow.read(row)).stream();
    }

    /** Returns the joined row of an account. */
    Optional<GrantRow> row(Handle handle, AccountId id) {
        return query(handle, GrantRow.SELECT + "WHERE a.id = :id")
                .bind("id", id.value())
                .map((row, _) -> GrantRow.read(row))
                .findOne();
    }
}
