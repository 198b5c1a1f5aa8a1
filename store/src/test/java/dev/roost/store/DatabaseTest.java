package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.Secret;
import dev.roost.store.Database.Postgres;
import dev.roost.store.Database.Postgres.Host;
import dev.roost.testkit.ManualClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

final class DatabaseTest {
    @Test
    void readsAnAddressWithAllItsParts() {
        Postgres database = Postgres.parse("postgresql://jo:p%40ss+w@db.example:6543/roost%20db?sslmode=require");
        assertThat(database.hosts()).containsExactly(new Host("db.example", 6543));
        assertThat(database.name()).isEqualTo("roost db");
        assertThat(database.user()).isEqualTo("jo");
        assertThat(database.password()).contains(Secret.of("p@ss+w"));
        assertThat(database.options()).isEqualTo(Map.of("sslmode", "require"));
    }

    @Test
    void readsTheOtherWaysToWriteIt() {
        assertThat(Postgres.parse("jdbc:postgresql://jo@db/x").hosts()).containsExactly(new Host("db", 5432));
        assertThat(Postgres.parse("postgresql://jo@[::1]:6543/x").hosts()).containsExactly(new Host("[::1]", 6543));
        assertThat(Postgres.parse("postgres://jo@db/x").password()).isEmpty();
        assertThat(Postgres.parse("postgresql://jo@db/x?password=secret").password())
                .contains(Secret.of("secret"));
    }

    @Test
    void readsSeveralHostsAndTakesTheOneThatTakesWrites() throws SQLException {
        Postgres database = Postgres.parse("jdbc:postgresql://jo@db1:6543,db2,10.0.0.3:7000/x");
        assertThat(database.hosts())
                .containsExactly(new Host("db1", 6543), new Host("db2", 5432), new Host("10.0.0.3", 7000));
        assertThat(database.label()).isEqualTo("PostgreSQL db1:6543,db2:5432,10.0.0.3:7000/x");
        assertThat(targetServerType(database)).isEqualTo("primary");
        assertThat(targetServerType(Postgres.parse("postgresql://jo@db1,db2/x?targetServerType=any")))
                .isEqualTo("any");
        assertThat(targetServerType(Postgres.parse("postgresql://jo@db1/x"))).isEqualTo("any");
        assertThatThrownBy(() -> Postgres.parse("postgresql://jo@db1,,db2/x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lacks a host")
                .hasMessageContaining("several hosts with commas between");
    }

    private static String targetServerType(Postgres database) throws SQLException {
        return Sources.ordinary(database).unwrap(PGSimpleDataSource.class).getTargetServerType();
    }

    @Test
    void onlyMigrationsMayBeSilentForAsLongAsTheyTake() throws SQLException {
        Postgres database = Postgres.parse("postgresql://jo@db/x");
        assertThat(Sources.patient(database).unwrap(PGSimpleDataSource.class).getSocketTimeout())
                .isZero();
        assertThat(Sources.ordinary(database).unwrap(PGSimpleDataSource.class).getSocketTimeout())
                .isPositive();
    }

    @Test
    void showsNoPasswordAnywhere() {
        String url = "postgresql://jo:canary-1@db/x?password=canary-2&sslpassword=canary-3";
        assertThat(Postgres.parse(url).toString()).isEqualTo("PostgreSQL db:5432/x");
        for (String wrong : new String[] {
            "mysql://jo:canary@db/x", "postgresql://jo:canary@db", "postgresql://jo:canary^[@db/x", "canary"
        }) {
            assertThatThrownBy(() -> Postgres.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("postgresql://user:password@host:port/database")
                    .hasMessageNotContaining("canary");
        }
    }

    @Test
    void namesTheValueAndWhatIsAllowed() {
        assertThatThrownBy(() -> new Database.Sqlite(Path.of("x"), Duration.ZERO))
                .hasMessage("busyTimeout is PT0S; allowed is PT0.001S to PT1H, both included");
        assertThatThrownBy(() -> Postgres.parse("postgresql://jo@db:99999/x"))
                .hasMessage("port is 99999; allowed is 1 to 65535, both included");
    }

    @Test
    void sqliteHasNoClockOfItsOwn() {
        assertThatThrownBy(() -> RoostStore.open(
                        Database.Sqlite.at(Path.of("x")), Path.of("k"), new ManualClock(), new LeaseClock.Database()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LeaseClock.Injected");
    }
}
