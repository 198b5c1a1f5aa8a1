package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.Lease;
import dev.roost.core.LeaseAnswer;
import dev.roost.core.StoreUnavailableException;
import dev.roost.testkit.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy of the database is put back, in one process and in two. */
@ParameterizedClass
@EnumSource
final class RestoreWatchTest {
    private static final String APP = "an-app";
    private static final Duration LEASE = Duration.ofSeconds(90);

    private final SqlStoreTest.Kind kind;

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before every test by JUnit
    private Database database;

    @SuppressWarnings("NullAway.Init")
    private StoreFixture one;

    @SuppressWarnings("NullAway.Init")
    private StoreFixture two;

    @SuppressWarnings("NullAway.Init")
    private RestoreWatch first;

    @SuppressWarnings("NullAway.Init")
    private RestoreWatch second;

    RestoreWatchTest(SqlStoreTest.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = Backdoor.fresh(kind, folder);
        one = new StoreFixture(database, folder.resolve("keyset.json"));
        two = new StoreFixture(database, folder.resolve("keyset.json"));
        first = watch(one, "epoch-1");
        second = watch(two, "epoch-2");
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    @Test
    void spendsNothingOfARestoredDatabaseEvenBeforeAnybodyLooks() {
        Account ada = connect(one);
        Backup backup = Backup.of(database, folder);
        rotate(one, ada.id(), 1);
        patiently(first::look);
        patiently(second::look);
        backup.putBack();
        assertThat(lease(one, ada.id(), 1)).isInstanceOf(LeaseAnswer.Quarantined.class);
        assertThat(lease(two, ada.id(), 1)).isInstanceOf(LeaseAnswer.Quarantined.class);
        two.clock().advance(Duration.ofHours(2));
        assertThat(two.tokens()
                        .claim(APP, two.clock().instant(), Sample.node("claimer"), Duration.ofSeconds(90), 10, true))
                .isEmpty();
        assertThat(one.store().quarantine().restore()).as("nobody has looked").isEmpty();
    }

    @Test
    void allProcessesHoldTheSameAccountsUntilTheyAreReleased() {
        Account ada = connect(one);
        Account bob = connect(one);
        Backup backup = Backup.of(database, folder);
        rotate(one, ada.id(), 1);
        patiently(first::look);
        patiently(second::look);
        backup.putBack();
        patiently(first::look);
        patiently(second::look);
        Quarantine quarantine = two.store().quarantine();
        assertThat(quarantine.page(APP, Optional.empty(), 10)).containsExactlyInAnyOrder(ada.id(), bob.id());
        assertThat(quarantine.held(APP, two.clock().instant())).isEqualTo(new Quarantine.Held(2, 2, 2));
        assertThat(two.tokens().figures(APP, two.clock().instant()).quarantined())
                .isEqualTo(2);
        assertThat(quarantine.restore().orElseThrow().why()).contains("its journal reached entry", "and ends at");
        assertThat(lease(two, bob.id(), 1)).isInstanceOf(LeaseAnswer.Quarantined.class);
        assertThat(quarantine.release(List.of(bob.id()))).isEqualTo(1);
        assertThat(lease(two, bob.id(), 1)).isInstanceOf(LeaseAnswer.Granted.class);
        assertThat(lease(one, ada.id(), 1)).isInstanceOf(LeaseAnswer.Quarantined.class);
        assertThat(quarantine.releaseAll(APP)).isEqualTo(1);
        patiently(first::look);
        patiently(second::look);
        assertThat(lease(one, ada.id(), 1)).isInstanceOf(LeaseAnswer.Granted.class);
        assertThat(quarantine.page(APP, Optional.empty(), 10))
                .as("it is not held again")
                .isEmpty();
    }

    @Test
    void aDatabaseRestoredTwiceIsNoticedTwice() {
        Account ada = connect(one);
        Backup backup = Backup.of(database, folder);
        rotate(one, ada.id(), 1);
        patiently(first::look);
        backup.putBack();
        patiently(first::look);
        one.store().quarantine().releaseAll(APP);
        patiently(first::look);
        backup.putBack();
        patiently(first::look);
        assertThat(one.store().quarantine().holds(ada.id())).isTrue();
        assertThat(one.store().quarantine().restore().orElseThrow().why()).contains("restored 1 times, and knows of 0");
    }

    @Test
    void aProcessThatStartsLaterNoticesByItsFile() {
        Account ada = connect(one);
        Backup backup = Backup.of(database, folder);
        rotate(one, ada.id(), 1);
        patiently(first::look);
        one.close();
        backup.putBack();
        one = new StoreFixture(database, folder.resolve("keyset.json"));
        assertThat(patiently(() -> lease(one, ada.id(), 1)))
                .as("a process without a file cannot know")
                .isInstanceOf(LeaseAnswer.Granted.class);
        backup.putBack();
        first = patiently(() -> watch(one, "epoch-1"));
        assertThat(patiently(() -> lease(one, ada.id(), 1))).isInstanceOf(LeaseAnswer.Quarantined.class);
        patiently(first::look);
        assertThat(one.store().quarantine().holds(ada.id())).isTrue();
    }

    @Test
    void aRestoredDatabaseThatHasGrownPastTheOldOneIsNoticed() {
        Account ada = connect(one);
        Backup backup = Backup.of(database, folder);
        rotate(one, ada.id(), 1);
        patiently(first::look);
        backup.putBack();
        patiently(() -> connect(two));
        connect(two);
        connect(two);
        assertThat(lease(one, ada.id(), 1)).as("nobody has looked").isInstanceOf(LeaseAnswer.Quarantined.class);
        patiently(first::look);
        assertThat(one.store().quarantine().holds(ada.id())).isTrue();
        assertThat(one.store().quarantine().restore().orElseThrow().why()).contains("is another now");
    }

    @Test
    void commitsThatAFailoverLostAreMissedByWhoMadeThemEvenIfNobodyLookedSince() {
        Account ada = connect(one);
        Account bob = connect(one);
        patiently(first::look);
        Backup backup = Backup.of(database, folder);
        rotate(one, ada.id(), 1);
        backup.putBack();
        assertThat(lease(one, ada.id(), 1)).isInstanceOf(LeaseAnswer.Quarantined.class);
        assertThat(lease(one, bob.id(), 1)).isInstanceOf(LeaseAnswer.Quarantined.class);
        patiently(first::look);
        assertThat(one.store().quarantine().holds(ada.id())).isTrue();
        assertThat(one.store().quarantine().restore().orElseThrow().why()).contains("its journal reached entry");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAProcessWritesIntoARestoredDatabaseHidesNothing(boolean looked) {
        Account ada = connect(one);
        Account bob = connect(one);
        Account eve = connect(one);
        patiently(first::look);
        Backup backup = Backup.of(database, folder);
        rotate(one, ada.id(), 1);
        if (looked) {
            patiently(first::look);
        }
        backup.putBack();
        // A server that took over goes on with a number that was never given.
        Backdoor.of(database)
                .run(
                        kind == SqlStoreTest.Kind.POSTGRES
                                ? "ALTER TABLE events ALTER COLUMN id RESTART WITH 1000"
                                : "UPDATE sqlite_sequence SET seq = 1000 WHERE name = 'events'");
        rotate(one, bob.id(), 1);
        one.tokens().connect(Sample.signedIn(APP, eve.user(), one.clock().instant()));
        assertThat(lease(one, ada.id(), 1)).isInstanceOf(LeaseAnswer.Quarantined.class);
        patiently(first::look);
        assertThat(one.store().quarantine().holds(ada.id())).isTrue();
        assertThat(one.store().quarantine().restore().orElseThrow().why()).contains("is gone");
    }

    @Test
    void aQuarantineThatIsLostInAFailoverBeginsAgain() {
        Account ada = connect(one);
        patiently(first::look);
        Backup backup = Backup.of(database, folder);
        patiently(first::restored);
        backup.putBack();
        assertThat(lease(one, ada.id(), 1)).isInstanceOf(LeaseAnswer.Quarantined.class);
        patiently(first::look);
        assertThat(one.store().quarantine().holds(ada.id())).isTrue();
    }

    @Test
    void answersThatAreRecordedTogetherAreMissedTogether() {
        List<Account> accounts = Stream.generate(() -> connect(one)).limit(8).toList();
        patiently(first::look);
        Backup backup = Backup.of(database, folder);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            accounts.forEach(account -> threads.execute(() -> rotate(one, account.id(), 1)));
        }
        long newest = Long.parseLong(Backdoor.of(database).ask("SELECT max(id) FROM events"));
        backup.putBack();
        // As many entries as there were, all but the last.
        for (long i = newest - accounts.size(); i < newest - 1; i++) {
            patiently(() -> connect(two));
        }
        assertThat(lease(one, accounts.getFirst().id(), 1)).isInstanceOf(LeaseAnswer.Quarantined.class);
    }

    @Test
    void anEntryThatMayHaveBeenDeletedForItsAgeIsNotMissed() {
        Account ada = connect(one);
        rotate(one, ada.id(), 1);
        patiently(first::look);
        one.clock().advance(Duration.ofDays(2));
        Backdoor.of(database).run("UPDATE events SET hash = 'x'");
        assertThat(lease(one, ada.id(), 2)).isInstanceOf(LeaseAnswer.Granted.class);
    }

    @Test
    void aNewerPairFreesItsAccount() {
        Account signedIn = connect(one);
        Account spooled = connect(one);
        Account held = connect(one);
        first.restored();
        one.tokens().connect(Sample.signedIn(APP, signedIn.user(), one.clock().instant()));
        rotate(one, spooled.id(), 4);
        assertThat(one.store().quarantine().page(APP, Optional.empty(), 10)).containsExactly(held.id());
        assertThat(one.store().quarantine().release(List.of(signedIn.id(), spooled.id())))
                .as("they are free already")
                .isZero();
        assertThat(lease(two, signedIn.id(), 2)).isInstanceOf(LeaseAnswer.Granted.class);
        assertThat(lease(two, spooled.id(), 5)).isInstanceOf(LeaseAnswer.Granted.class);
    }

    @Test
    void releasesWhatWasNotDue() {
        Account due = connect(one);
        one.clock().advance(Duration.ofMinutes(50));
        Account later = connect(one);
        Account asleep = connect(one);
        Backdoor.of(database)
                .run("UPDATE grants SET due_at = due_at + "
                        + Duration.ofDays(30).toMillis() + " WHERE account_id = '" + asleep.id() + "'");
        one.clock().advance(Duration.ofMinutes(20));
        first.restored();
        assertThat(one.store().quarantine().held(APP, one.clock().instant())).isEqualTo(new Quarantine.Held(3, 1, 3));
        assertThat(one.store().quarantine().releaseNotDue(APP)).isEqualTo(1);
        assertThat(one.store().quarantine().holds(asleep.id()))
                .as("it may have been woken by a use")
                .isTrue();
        assertThat(one.store().quarantine().holds(due.id())).isTrue();
        assertThat(one.store().quarantine().holds(later.id())).isFalse();
    }

    @Test
    void leavesAloneWhatHasNoTokenAndLetsAnAccountBeDisconnected() {
        Account ada = connect(one);
        first.restored();
        assertThat(one.tokens().lease(ada.id(), 1, Lease.Purpose.DISCONNECT, Sample.node("one"), LEASE))
                .isInstanceOfSatisfying(
                        LeaseAnswer.Granted.class,
                        granted -> one.tokens()
                                .disconnect(granted.lease(), one.clock().instant(), ""));
        assertThat(one.store().quarantine().held(APP, one.clock().instant())).isEqualTo(new Quarantine.Held(0, 0, 0));
    }

    @Test
    void anotherDatabaseWithTheSameFileIsNotARestoredOne() {
        connect(one);
        connect(one);
        patiently(first::look);
        Path elsewhere = folder.resolve("elsewhere");
        try (StoreFixture other = new StoreFixture(Backdoor.fresh(kind, elsewhere), folder.resolve("keyset.json"))) {
            watch(other, "epoch-1").look();
            connect(other);
            watch(other, "epoch-1").look();
            first.look();
            assertThat(other.store().quarantine().restore()).isEmpty();
            assertThat(one.store().quarantine().restore()).isEmpty();
        }
    }

    @Test
    void aBackupFromBeforeThisWasWatchedIsNoticed() {
        Account ada = connect(one);
        Backdoor.of(database).run("DELETE FROM meta WHERE name = 'identity'");
        Backup backup = Backup.of(database, folder);
        patiently(() -> watch(one, "epoch-1").look());
        rotate(one, ada.id(), 1);
        watch(one, "epoch-1").look();
        backup.putBack();
        patiently(() -> watch(one, "epoch-1").look());
        assertThat(one.store().quarantine().holds(ada.id())).isTrue();
    }

    @Test
    void aFileThatIsDamagedIsNamed() throws IOException {
        Files.writeString(folder.resolve("epoch-3"), "nonsense\n");
        assertThatThrownBy(() -> watch(one, "epoch-3"))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining(folder.resolve("epoch-3").toString())
                .hasMessageContaining("If it is damaged and nothing was restored, delete it");
    }

    private RestoreWatch watch(StoreFixture store, String file) {
        return store.store().restoreWatch(folder.resolve(file), store.clock());
    }

    private static Account connect(StoreFixture store) {
        return store.tokens()
                .connect(Sample.signedIn(APP, Sample.user(), store.clock().instant()));
    }

    private static void rotate(StoreFixture store, AccountId id, long spent) {
        patiently(() ->
                store.tokens().rotate(Sample.rotation(id, spent, store.clock().instant(), Sample.node("one"))));
    }

    private static LeaseAnswer lease(StoreFixture store, AccountId id, long generation) {
        return patiently(() -> store.tokens().lease(id, generation, Lease.Purpose.REFRESH, Sample.node("one"), LEASE));
    }

    private static void patiently(Runnable work) {
        patiently(() -> {
            work.run();
            return true;
        });
    }

    /** PostgreSQL drops all connections when a database is copied or replaced, and the store says so once for each. */
    private static <T> T patiently(Supplier<T> work) {
        for (int tries = 20; ; tries--) {
            try {
                return work.get();
            } catch (StoreUnavailableException e) {
                if (tries == 0) {
                    throw e;
                }
            }
        }
    }
}
