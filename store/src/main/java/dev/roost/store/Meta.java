package dev.roost.store;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Names and values about the database itself. */
final class Meta {
    private Meta() {}

    static Optional<String> value(Handle handle, String name) {
        return handle.createQuery("SELECT value FROM meta WHERE name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne();
    }

    /** Sets a value, in place of another. */
    static void set(Handle handle, String name, String value) {
        handle.createUpdate("INSERT INTO meta (name, value) VALUES (:name, :value)"
                        + " ON CONFLICT (name) DO UPDATE SET value = excluded.value")
                .bind("name", name)
                .bind("value", value)
                .execute();
    }

    /** Sets a value unless there is one. */
    static void keep(Handle handle, String name, String value) {
        handle.createUpdate("INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING")
                .bind("name", name)
                .bind("value", value)
                .execute();
    }
}
