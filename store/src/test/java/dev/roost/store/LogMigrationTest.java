package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccountEvent;
import dev.roost.core.AccountId;
import dev.roost.core.journal.LoggedEvent;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.Sample;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Entries from before the chain keep their order, and the chain begins after them. */
final class LogMigrationTest {
    private static final AccountId ADA = new AccountId("acc_0123456789abcdef0123");
    private static final AccountId BOB = new AccountId("acc_1123456789abcdef0123");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void entriesFromBeforeStandBeforeTheChain(SqlStoreTest.Kind kind) {
        Database database = Backdoor.fresh(kind, folder);
        Backdoor backdoor = Backdoor.of(database);
        Flyway.configure()
                .dataSource(backdoor.url(), backdoor.user(), backdoor.password())
                .loggers(FlywayLogs.class.getName())
                .locations("classpath:dev/roost/store/migrations")
                .placeholders(Dialect.of(database, new LeaseClock.Injected(new ManualClock()))
                        .types())
                .target("6")
                .load()
                .migrate();
        for (AccountId id : new AccountId[] {ADA, BOB}) {
            backdoor.run("INSERT INTO accounts (id, client_id, x_user_id, username, connected_at) VALUES ('" + id
                    + "', 'an-app', '" + id + "', 'ada', 1000)");
        }
        for (int i = 1; i <= 3; i++) {
            for (AccountId id : new AccountId[] {ADA, BOB}) {
                backdoor.run("INSERT INTO events (account_id, at, kind, generation, node, detail) VALUES ('" + id
                        + "', " + i + ", 'ROTATED', " + i + ", 'n', '')");
            }
        }
        try (StoreFixture fixture = new StoreFixture(database, folder.resolve("keyset.json"))) {
            fixture.tokens()
                    .note(new AccountEvent(
                            ADA,
                            fixture.clock.instant(),
                            AccountEvent.Kind.SPOOLED,
                            4,
                            Sample.node("n").value(),
                            ""));
            assertThat(fixture.events().newest(ADA, OptionalLong.empty(), 9))
                    .extracting(LoggedEvent::sequence)
                    .containsExactly(1L, 0L, -1L, -2L);
            assertThat(fixture.events().newest(ADA, OptionalLong.of(0), 9))
                    .extracting(entry -> entry.event().generation())
                    .containsExactly(2L, 1L);
            assertThat(fixture.store().logProof().of(ADA)).hasValueSatisfying(found -> {
                assertThat(found.broken()).isEmpty();
                assertThat(found.before()).isEqualTo(3);
                assertThat(found.head()).isEqualTo(1);
            });
            assertThat(fixture.store().logProof().of(BOB)).hasValueSatisfying(found -> {
                assertThat(found.broken()).isEmpty();
                assertThat(found.head()).isZero();
            });
        }
    }
}
