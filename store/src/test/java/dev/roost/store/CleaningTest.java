package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccountEvent;
import dev.roost.core.AccountId;
import dev.roost.core.Holding;
import dev.roost.core.Node;
import dev.roost.core.RefreshToken;
import dev.roost.core.SignIn;
import dev.roost.core.SignInStatus;
import dev.roost.core.access.AuditEntry;
import dev.roost.core.posting.Attempt;
import dev.roost.store.LogProof.Finding;
import dev.roost.testkit.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is old goes, what must stay stays, and logs stay provable. */
@ParameterizedClass
@EnumSource(SqlStoreTest.Kind.class)
final class CleaningTest {
    private final SqlStoreTest.Kind kind;
    private final Node node = Sample.node("one");

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before every test
    private Database database;

    @SuppressWarnings("NullAway.Init") // set before every test
    private StoreFixture fixture;

    CleaningTest(SqlStoreTest.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = Backdoor.fresh(kind, folder);
        fixture = new StoreFixture(database, folder.resolve("keyset.json"));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void oldEntriesGoAndTheRestStaysProvable() {
        AccountId id = living(60);
        Instant cutoff = at(id, 31);
        assertThat(cleaning().events(cutoff)).isEqualTo(30);
        Finding found = proof(id);
        assertThat(found.broken()).isEmpty();
        assertThat(found.base()).isEqualTo(30);
        assertThat(found.head()).isEqualTo(61);
        fixture.tokens().rotate(Sample.rotation(id, 61, now(), node));
        assertThat(cleaning().events(cutoff)).isZero();
        assertThat(cleaning().events(at(id, 35))).isEqualTo(4);
        assertThat(proof(id).broken()).isEmpty();
        assertThat(proof(id).base()).isEqualTo(34);
    }

    @Test
    void newestTwentyEntriesStayWhateverTheirAge() {
        AccountId many = living(40);
        AccountId few = living(10);
        fixture.clock.advance(Duration.ofDays(4000));
        assertThat(cleaning().events(now())).isEqualTo(21);
        assertThat(fixture.events().newest(many, OptionalLong.empty(), 100)).hasSize(20);
        assertThat(fixture.events().newest(few, OptionalLong.empty(), 100)).hasSize(11);
        assertThat(proof(many).broken()).isEmpty();
    }

    @Test
    void manyAccountsAreCleanedBatchByBatch() {
        List<AccountId> ids = IntStream.range(0, 8).mapToObj(i -> living(24)).toList();
        LogPurge purge = fixture.store().logPurge();
        assertThat(purge.purge(now().plusSeconds(1), 7)).isEqualTo(8 * 5);
        assertThat(ids).allMatch(id -> proof(id).broken().isEmpty() && proof(id).base() == 5);
    }

    @Test
    void entriesFromBeforeTheChainGoFirst() {
        AccountId id = living(25);
        backdoor()
                .run("INSERT INTO events (account_id, sequence, at, kind, generation, node, detail, spent_fingerprint)"
                        + " VALUES ('" + id + "', 0, 5, 'ROTATED', 1, 'n', '', 'abc'), ('" + id
                        + "', -1, 4, 'CONNECTED', 1, 'n', '', NULL)");
        assertThat(cleaning().events(at(id, 3))).isEqualTo(4);
        Finding found = proof(id);
        assertThat(found.broken()).isEmpty();
        assertThat(found.before()).isZero();
        assertThat(found.base()).isEqualTo(2);
        assertThat(backdoor().ask("SELECT account_id FROM spent_tokens WHERE fingerprint = 'abc'"))
                .isEqualTo(id.value());
    }

    @Test
    void deletingBeyondTheBaseIsFound() {
        AccountId id = living(60);
        cleaning().events(at(id, 31));
        backdoor().run("DELETE FROM events WHERE account_id = '" + id + "' AND sequence <= 33");
        assertThat(what(id)).isEqualTo("entry 31 is missing; the next that is there is 34");
    }

    @Test
    void baseThatRoostDidNotWriteIsFound() {
        AccountId moved = living(60);
        cleaning().events(at(moved, 31));
        String hash = backdoor().ask("SELECT hash FROM events WHERE account_id = '" + moved + "' AND sequence = 33");
        backdoor()
                .run(
                        "DELETE FROM events WHERE account_id = '" + moved + "' AND sequence <= 33",
                        "UPDATE event_bases SET sequence = 33, hash = '" + hash + "' WHERE account_id = '" + moved
                                + "'");
        assertThat(what(moved)).contains("was not written by Roost");
        AccountId gone = living(60);
        cleaning().events(at(gone, 31));
        backdoor().run("DELETE FROM event_bases WHERE account_id = '" + gone + "'");
        assertThat(what(gone)).isEqualTo("entry 1 is missing; the next that is there is 31");
    }

    @Test
    void entryThatWasDeletedAndIsBackIsFound() {
        AccountId id = living(60);
        backdoor().run("CREATE TABLE kept AS SELECT * FROM events WHERE sequence = 5");
        cleaning().events(at(id, 31));
        String columns = EntryRow.COLUMNS;
        backdoor().run("INSERT INTO events (" + columns + ") SELECT " + columns + " FROM kept");
        assertThat(what(id)).isEqualTo("entry 5 is there, though the entries up to 30 were deleted by age");
    }

    @Test
    void logThatWasTamperedWithKeepsItsEvidence() {
        AccountId id = living(60);
        AccountId whole = living(60);
        backdoor().run("UPDATE events SET node = 'x' WHERE account_id = '" + id + "' AND sequence = 10");
        try (Logged logged = new Logged(LogPurge.class)) {
            assertThat(cleaning().events(at(whole, 31))).isEqualTo(30);
            assertThat(logged.messages())
                    .singleElement()
                    .asString()
                    .contains("the log of account " + id, "at entry 10", "roost verify-log " + id);
        }
        assertThat(fixture.events().newest(id, OptionalLong.empty(), 100)).hasSize(61);
    }

    @Test
    void spentTokenStaysKnownWhenItsEntryIsGone() {
        AccountId id = fixture.tokens()
                .connect(Sample.signedIn(Sample.CLIENT, Sample.user(), now()))
                .id();
        RefreshToken spent = fixture.tokens().grant(id).orElseThrow().tokens().refresh();
        rotate(id, 40);
        assertThat(cleaning().events(now())).isPositive();
        Optional<Holding> holding = fixture.tokens().holding(Sample.CLIENT, spent, now());
        assertThat(holding)
                .hasValueSatisfying(found -> assertThat(found)
                        .isInstanceOfSatisfying(
                                Holding.Spent.class,
                                old -> assertThat(old.successor()).isEqualTo(2)));
        assertThat(fixture.tokens().holding(Sample.OTHER_CLIENT, spent, now())).isEmpty();
        assertThat(cleaning().spentTokens(now().plusSeconds(1))).isPositive();
        assertThat(fixture.tokens().holding(Sample.CLIENT, spent, now())).isEmpty();
    }

    @Test
    void twoProcessesDeleteAndWriteAtOnce() throws InterruptedException, ExecutionException {
        List<AccountId> ids = IntStream.range(0, 4).mapToObj(i -> living(40)).toList();
        Instant cutoff = now().plusSeconds(1);
        try (Logged logged = new Logged(LogPurge.class);
                StoreFixture there = new StoreFixture(database, folder.resolve("keyset.json"));
                ExecutorService pool = Executors.newFixedThreadPool(3)) {
            Future<Long> one = pool.submit(() -> fixture.store().cleaning().events(cutoff));
            Future<Long> two = pool.submit(() -> there.store().cleaning().events(cutoff));
            Future<?> writer = pool.submit(() -> ids.forEach(id -> rotate(id, 10)));
            writer.get();
            long deleted = one.get() + two.get() + cleaning().events(cutoff);
            assertThat(deleted).isBetween(4 * 21L, 4 * 31L);
            assertThat(logged.messages()).isEmpty();
        }
        assertThat(ids).allSatisfy(id -> {
            assertThat(proof(id).broken()).isEmpty();
            assertThat(proof(id).head()).isEqualTo(51);
        });
    }

    @Test
    void oneProcessHasTheTurn() {
        Duration length = Duration.ofMinutes(50);
        assertThat(cleaning().takeTurn(now(), length)).isTrue();
        assertThat(cleaning().takeTurn(now().plusSeconds(60), length)).isFalse();
        assertThat(cleaning().takeTurn(now().plus(length), length)).isTrue();
        assertThat(cleaning().takeTurn(now().minus(Duration.ofDays(1)), length))
                .as("the turn was taken by a clock that was far ahead")
                .isTrue();
    }

    @Test
    void oldRowsOfTheAuditTrailGo() {
        List<AuditEntry> entries = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            entries.add(
                    new AuditEntry(now().plusSeconds(i), now().plusSeconds(i), "k", Optional.empty(), "op", "done", 1));
        }
        fixture.audit().append(entries);
        assertThat(cleaning().audit(now().plusSeconds(2400))).isEqualTo(2400);
        assertThat(fixture.audit().newest(5000)).hasSize(100);
    }

    @Test
    void signInsThatAreOverGoAndThoseWithAPairStay() {
        SignIn waiting = Sample.importOf(Sample.CLIENT, now());
        fixture.signIns().openImport(waiting, Sample.tokens().refresh());
        fixture.signIns().exchanged(waiting.id(), Sample.pair(now()), now());
        SignIn over = Sample.importOf(Sample.CLIENT, now());
        fixture.signIns().openImport(over, Sample.tokens().refresh());
        fixture.signIns().finish(over.id(), new SignInStatus.Denied());
        fixture.clock.advance(Duration.ofDays(31));
        SignIn young = Sample.importOf(Sample.CLIENT, now());
        fixture.signIns().openImport(young, Sample.tokens().refresh());
        assertThat(cleaning().signIns(now().minus(Duration.ofDays(30)))).isEqualTo(1);
        assertThat(fixture.signIns().signIn(waiting.id())).isPresent();
        assertThat(fixture.signIns().unidentified(Sample.CLIENT, 5)).hasSize(1);
        assertThat(fixture.signIns().signIn(over.id())).isEmpty();
        assertThat(fixture.signIns().signIn(young.id())).isPresent();
    }

    @Test
    void oldAttemptsGo() {
        AccountId id = living(0);
        Attempt attempt = new Attempt("key", id, "name", "digest", now());
        fixture.attempts().begin(attempt);
        assertThat(cleaning().attempts(now())).isZero();
        assertThat(cleaning().attempts(now().plusSeconds(1))).isEqualTo(1);
        assertThat(fixture.attempts().begin(attempt)).isEmpty();
    }

    /** Returns an account with so many rotations, an hour apart. */
    private AccountId living(int rotations) {
        AccountId id = fixture.tokens()
                .connect(Sample.signedIn(Sample.CLIENT, Sample.user(), now()))
                .id();
        rotate(id, rotations);
        return id;
    }

    private void rotate(AccountId id, int times) {
        for (int i = 0; i < times; i++) {
            long generation = fixture.tokens().account(id).orElseThrow().generation();
            fixture.tokens().rotate(Sample.rotation(id, generation, fixture.clock.advance(Duration.ofHours(1)), node));
        }
    }

    /** Returns when the entry at this place was written. */
    private Instant at(AccountId id, long place) {
        AccountEvent event = fixture.events()
                .newest(id, OptionalLong.of(place + 1), 1)
                .getFirst()
                .event();
        return event.at();
    }

    private Instant now() {
        return fixture.clock.instant();
    }

    private Cleaning cleaning() {
        return fixture.store().cleaning();
    }

    private Finding proof(AccountId id) {
        return fixture.store().logProof().of(id).orElseThrow();
    }

    private String what(AccountId id) {
        return proof(id).broken().orElseThrow().what();
    }

    private Backdoor backdoor() {
        return Backdoor.of(database);
    }
}
