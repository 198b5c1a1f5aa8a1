package dev.roost.store;

import java.nio.file.Path;

/** A copy of a database, made and put back while stores have it open, as an operator does in a hurry. */
record Backup(Database database, String copy) {
    static Backup of(Database database, Path folder) {
        return switch (database) {
            case Database.Sqlite sqlite -> {
                Path copy = folder.resolve("copy.db");
                Backdoor.of(sqlite).run("backup to '" + copy + "'");
                yield new Backup(sqlite, copy.toString());
            }
            case Database.Postgres postgres -> {
                String copy = postgres.name() + "_copy";
                server(postgres)
                        .run(
                                "ALTER DATABASE " + postgres.name() + " ALLOW_CONNECTIONS false",
                                terminate(postgres),
                                "CREATE DATABASE " + copy + " TEMPLATE " + postgres.name(),
                                "ALTER DATABASE " + postgres.name() + " ALLOW_CONNECTIONS true");
                yield new Backup(postgres, copy);
            }
        };
    }

    /** Puts it back, as often as one likes. */
    void putBack() {
        switch (database) {
            case Database.Sqlite sqlite -> Backdoor.of(sqlite).run("restore from '" + copy + "'");
            case Database.Postgres postgres ->
                server(postgres)
                        .run(
                                "DROP DATABASE " + postgres.name() + " WITH (FORCE)",
                                "CREATE DATABASE " + postgres.name() + " TEMPLATE " + copy);
        }
    }

    private static String terminate(Database.Postgres postgres) {
        return "DO $$ BEGIN PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '"
                + postgres.name() + "'; END $$";
    }

    private static Backdoor server(Database.Postgres postgres) {
        Backdoor door = Backdoor.of(postgres);
        return new Backdoor(door.url().replace("/" + postgres.name(), "/postgres"), door.user(), door.password());
    }
}
