package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MigrationsTest {
    @TempDir
    Path folder;

    @Test
    void databaseNewerThanTheProgramIsRefused() {
        StoreFixture.sqlite(folder).close();
        TestFiles.tamper(
                folder.resolve("roost.db"),
                "INSERT INTO flyway_schema_history SELECT 99, '99', 'future', type, 'V99__future.sql', 1, installed_by,"
                        + " installed_on, 1, 1 FROM flyway_schema_history WHERE version = '1'");
        TestFiles.tamper(folder.resolve("roost.db"), "UPDATE meta SET value = '99' WHERE name = 'readable_from'");
        assertThatThrownBy(() -> StoreFixture.sqlite(folder))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining(folder.resolve("roost.db") + " is at version 99")
                .hasMessageContaining("newest that this program knows is ")
                .hasMessageContaining("Start the newer Roost");
    }

    @Test
    void databaseOfTheFirstVersionKeepsItsRows() {
        Path file = folder.resolve("roost.db");
        Database database = Database.Sqlite.at(file);
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + file, "", "")
                .loggers(FlywayLogs.class.getName())
                .locations("classpath:dev/roost/store/migrations")
                .placeholders(Dialect.of(database, new LeaseClock.Injected(new ManualClock()))
                        .types())
                .target("1")
                .load()
                .migrate();
        TestFiles.tamper(
                file,
                "INSERT INTO accounts VALUES ('acc_0123456789abcdef0123', 'an-app', '1', 'ada', 1000),"
                        + " ('acc_1123456789abcdef0123', 'an-app', '2', 'bob', 1000)");
        TestFiles.tamper(
                file,
                "INSERT INTO sign_ins (id, client_id, state_fingerprint, redirect_uri, scopes, created_at, expires_at,"
                        + " status, pair_sealed) VALUES ('con_1', 'an-app', 'f', 'http://x', '', 2000, 3000,"
                        + " 'exchanged', x'00')");
        try (StoreFixture fixture = new StoreFixture(database, folder.resolve("keyset.json"))) {
            assertThat(fixture.store().clientIds()).containsExactly("an-app");
            assertThat(TestFiles.ask(file, "SELECT pair_at FROM sign_ins")).isEqualTo("2000");
        }
    }

    @Test
    void databaseOfAnotherProgramIsRefused() {
        TestFiles.tamper(folder.resolve("roost.db"), "CREATE TABLE somebody_elses (id INTEGER)");
        assertThatThrownBy(() -> StoreFixture.sqlite(folder))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("Give Roost a database of its own");
    }

    @Test
    void fileThatIsNoDatabaseIsNamed() throws IOException {
        Files.writeString(
                folder.resolve("roost.db"), "this is a text, and long enough to be looked at as a header. ".repeat(30));
        assertThatThrownBy(() -> StoreFixture.sqlite(folder))
                .hasMessageContaining("roost.db")
                .hasMessageContaining("is damaged or no SQLite database");
    }

    @Test
    void folderThatCannotBeMadeIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("a-file"));
        assertThatThrownBy(() -> RoostStore.open(
                        Database.Sqlite.at(file.resolve("roost.db")), folder.resolve("k"), new ManualClock()))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("make its folder writable");
    }

    @Test
    void postgresStartsWorkAllAtOnce() throws InterruptedException, ExecutionException {
        Database database = TestPostgres.newDatabase();
        List<Starting> starts =
                Stream.generate(() -> new Starting(database, folder)).limit(4).toList();
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            for (Future<Boolean> start : pool.invokeAll(starts)) {
                assertThat(start.get()).isTrue();
            }
        }
    }

    private record Starting(Database database, Path folder) implements java.util.concurrent.Callable<Boolean> {
        @Override
        public Boolean call() {
            new StoreFixture(database, folder.resolve("keyset.json")).close();
            return true;
        }
    }
}
