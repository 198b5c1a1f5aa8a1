package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import dev.roost.core.Lease;
import dev.roost.core.LeaseAnswer;
import dev.roost.core.RotateAnswer;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DurabilityTest {
    @TempDir
    Path folder;

    @Test
    void sqliteWaitsForTheDisk() {
        StoreFixture.sqlite(folder).close();
        ManualClock clock = new ManualClock();
        try (SqlGate gate =
                new SqlGate(Database.Sqlite.at(folder.resolve("roost.db")), new LeaseClock.Injected(clock))) {
            assertThat(ask(gate, "PRAGMA synchronous")).isEqualTo("2");
            assertThat(ask(gate, "PRAGMA journal_mode")).isEqualTo("wal");
            assertThat(ask(gate, "PRAGMA foreign_keys")).isEqualTo("1");
            assertThat(ask(gate, "PRAGMA busy_timeout")).isEqualTo("5000");
        }
    }

    @Test
    void postgresWaitsForTheDiskEvenIfTheDatabaseIsSetNotTo() {
        Database.Postgres database = TestPostgres.newDatabase();
        try (SqlGate gate = new SqlGate(database, new LeaseClock.Database())) {
            gate.change(
                    handle -> handle.execute("ALTER DATABASE " + database.name() + " SET synchronous_commit = 'off'"));
        }
        try (SqlGate gate = new SqlGate(database, new LeaseClock.Database())) {
            assertThat(ask(gate, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(gate, "SHOW transaction_isolation")).isEqualTo("read committed");
        }
    }

    @Test
    @Timeout(30)
    void leaseEndsByTheServersClockOnPostgres() {
        try (RoostStore store =
                RoostStore.open(TestPostgres.newDatabase(), folder.resolve("keyset.json"), new ManualClock())) {
            Instant now = InstantSource.system().instant();
            AccountId id = store.tokens()
                    .connect(Sample.signedIn(Sample.CLIENT, Sample.user(), now.minus(Sample.ACCESS_LIFETIME)))
                    .id();
            Duration length = Duration.ofMillis(300);
            var first = (LeaseAnswer.Granted)
                    store.tokens().lease(id, 1, Lease.Purpose.REFRESH, Sample.node("one"), length);
            assertThat(first.lease().firstSentAt()).isBetween(now.minusSeconds(60), now.plusSeconds(60));
            var node = Sample.node("two");
            LeaseAnswer second = store.tokens().lease(id, 1, Lease.Purpose.REFRESH, node, length);
            assertThat(second)
                    .isInstanceOfSatisfying(
                            LeaseAnswer.Held.class,
                            held -> assertThat(held.remaining()).isBetween(Duration.ZERO, length));
            while (!(second instanceof LeaseAnswer.Granted)) {
                second = store.tokens().lease(id, 1, Lease.Purpose.REFRESH, node, length);
            }
            assertThat(((LeaseAnswer.Granted) second).lease().isGuardedRetry()).isTrue();
            while (store.tokens()
                    .claim(Sample.CLIENT, now.plus(Duration.ofDays(1)), node, Duration.ofMillis(1), 1, true)
                    .isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(store.tokens().account(id).orElseThrow().state()).isInstanceOf(AccountState.Uncertain.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Timeout(60)
    void crowdOfVirtualThreadsIsServedToTheLast(boolean postgres) throws InterruptedException, ExecutionException {
        Database database = postgres ? TestPostgres.newDatabase() : Database.Sqlite.at(folder.resolve("roost.db"));
        try (StoreFixture fixture = new StoreFixture(database, folder.resolve("keyset.json"));
                ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> lives = Stream.generate(() -> (Callable<Boolean>) () -> live(fixture))
                    .limit(300)
                    .toList();
            for (Future<Boolean> life : crowd.invokeAll(lives)) {
                assertThat(life.get()).isTrue();
            }
        }
    }

    private static boolean live(StoreFixture fixture) {
        Instant now = fixture.clock.instant();
        AccountId id = fixture.tokens()
                .connect(Sample.signedIn(Sample.CLIENT, Sample.user(), now))
                .id();
        var node = Sample.node("crowd");
        return fixture.tokens().lease(id, 1, Lease.Purpose.REFRESH, node, Duration.ofMinutes(1))
                        instanceof LeaseAnswer.Granted
                && fixture.tokens().rotate(Sample.rotation(id, 1, now, node)) instanceof RotateAnswer.Recorded
                && fixture.tokens().grant(id).isPresent();
    }

    private static String ask(SqlGate gate, String sql) {
        return gate.read(handle -> handle.createQuery(sql).mapTo(String.class).one());
    }
}
