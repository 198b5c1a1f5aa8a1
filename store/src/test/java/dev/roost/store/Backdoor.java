package dev.roost.store;

import dev.roost.core.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A way into a database beside the store. */
record Backdoor(String url, String user, String password) {
    static Backdoor of(Database database) {
        return switch (database) {
            case Database.Sqlite sqlite -> new Backdoor("jdbc:sqlite:" + sqlite.file(), "", "");
            case Database.Postgres postgres ->
                new Backdoor(
                        "jdbc:postgresql://" + postgres.hosts().getFirst() + "/" + postgres.name(),
                        postgres.user(),
                        postgres.password().map(Secret::expose).orElse(""));
        };
    }

    /** Runs statements, and returns how many rows the last one changed. */
    int run(String... statements) {
        int changed = 0;
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                changed = statement.executeUpdate(sql);
            }
            return changed;
        } catch (SQLException e) {
            throw new IllegalStateException(String.join("; ", statements), e);
        }
    }

    /** Returns the first column of the first row. */
    String ask(String sql) {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Opens the database of a test: a new file in the folder, or a new database on the server. */
    static Database fresh(SqlStoreTest.Kind kind, Path folder) {
        return switch (kind) {
            case SQLITE -> Database.Sqlite.at(folder.resolve("roost.db"));
            case POSTGRES -> TestPostgres.newDatabase();
        };
    }
}
