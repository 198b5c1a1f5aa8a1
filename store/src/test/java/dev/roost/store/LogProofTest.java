package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.AccountId;
import dev.roost.core.Asked;
import dev.roost.core.EngineEvent.Outcome;
import dev.roost.core.Lease;
import dev.roost.core.LeaseAnswer;
import dev.roost.core.LossCause;
import dev.roost.core.Node;
import dev.roost.core.Settlement;
import dev.roost.core.SignedIn;
import dev.roost.core.StoreUnavailableException;
import dev.roost.store.LogProof.Finding;
import dev.roost.store.LogProof.Kind;
import dev.roost.testkit.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every change of a log behind Roost's back is found and named. */
@ParameterizedClass
@EnumSource(SqlStoreTest.Kind.class)
final class LogProofTest {
    private static final Asked INVALID =
            new Asked(Outcome.GRANT_REFUSED, Duration.ofMillis(88), OptionalInt.of(400), "invalid_grant");

    private final SqlStoreTest.Kind kind;
    private final Node node = Sample.node("one");

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before every test
    private Database database;

    @SuppressWarnings("NullAway.Init") // set before every test
    private StoreFixture fixture;

    LogProofTest(SqlStoreTest.Kind kind) {
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
    void logAsWrittenIsProvenUpToItsHead() {
        AccountId id = lived();
        Finding found = proof(id);
        assertThat(found.broken()).isEmpty();
        assertThat(found.head()).isEqualTo(6);
        assertThat(found.hash()).matches("[0-9a-f]{64}");
        assertThat(found.before() + found.beside() + found.base()).isZero();
        assertThat(fixture.store().logProof().of(Sample.accountId())).isEmpty();
    }

    @Test
    void everyFieldThatIsChangedIsFound() {
        AccountId id = lived();
        for (String change : List.of(
                "at = at + 1",
                "kind = 'SPOOLED'",
                "kind = 'NOT_A_KIND'",
                "generation = generation + 1",
                "node = node || 'x'",
                "detail = detail || ' '",
                "spent_fingerprint = 'f0f0'",
                "sent_fingerprint = 'f0f0'",
                "verdict = 'THROTTLED'",
                "verdict = NULL",
                "took_ms = took_ms + 1",
                "status = 401",
                "status = NULL",
                "error = ''",
                "error = NULL",
                "loss_cause = 'refused_by_x'",
                "loss_sent_at = loss_sent_at - 1",
                "loss_node = NULL",
                "hash = '00'")) {
            changeIsFound(id, 6, change);
        }
        for (String change : List.of(
                "took_ms = 5", "status = 1", "error = ''", "loss_cause = 'x'", "loss_sent_at = 1", "loss_node = 'n'")) {
            changeIsFound(id, 1, change);
        }
    }

    private void changeIsFound(AccountId id, long place, String change) {
        String row = " WHERE account_id = '" + id + "' AND sequence = " + place;
        backdoor().run("CREATE TABLE kept AS SELECT * FROM events" + row, "UPDATE events SET " + change + row);
        assertThat(proof(id).broken()).as(change).hasValueSatisfying(broken -> {
            assertThat(broken.sequence()).isEqualTo(place);
            assertThat(broken.kind()).isEqualTo(Kind.CHANGED);
            assertThat(broken.what()).contains("entry " + place + ", or its hash, is not what Roost wrote");
        });
        String columns = EntryRow.COLUMNS;
        backdoor()
                .run(
                        "DELETE FROM events" + row,
                        "INSERT INTO events (" + columns + ") SELECT " + columns + " FROM kept",
                        "DROP TABLE kept");
        assertThat(proof(id).broken()).as("restored after " + change).isEmpty();
    }

    @Test
    void entryThatCannotBeReadIsNamedWhereLogsAreShown() {
        AccountId id = lived();
        backdoor().run("UPDATE events SET kind = 'NOT_A_KIND' WHERE account_id = '" + id + "' AND sequence = 2");
        assertThatThrownBy(() -> fixture.events().newest(id, OptionalLong.empty(), 9))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("entry 2 in the log of account " + id + " cannot be read")
                .hasMessageContaining("roost verify-log " + id);
    }

    @Test
    void missingEntryIsNamed() {
        AccountId id = lived();
        backdoor().run("DELETE FROM events WHERE account_id = '" + id + "' AND sequence = 3");
        assertThat(proof(id).broken()).hasValueSatisfying(broken -> {
            assertThat(broken.kind()).isEqualTo(Kind.MISSING);
            assertThat(broken.what()).isEqualTo("entry 3 is missing; the next that is there is 4");
        });
    }

    @Test
    void missingFirstAndLastEntriesAreNamed() {
        // All first: who misses entries that it wrote takes the database for a restored one, and leases nothing.
        AccountId first = lived();
        AccountId last = lived();
        AccountId all = lived();
        backdoor().run("DELETE FROM events WHERE account_id = '" + first + "' AND sequence = 1");
        assertThat(what(first)).isEqualTo("entry 1 is missing; the next that is there is 2");
        backdoor().run("DELETE FROM events WHERE account_id = '" + last + "' AND sequence >= 5");
        assertThat(what(last)).isEqualTo("entry 5 is missing; the head stands at 6");
        backdoor().run("DELETE FROM events WHERE account_id = '" + all + "'");
        assertThat(what(all)).isEqualTo("entry 1 is missing; the head stands at 6");
    }

    @Test
    void entriesInAnotherOrderAreNamed() {
        AccountId id = lived();
        backdoor()
                .run(
                        "UPDATE events SET sequence = 99 WHERE account_id = '" + id + "' AND sequence = 2",
                        "UPDATE events SET sequence = 2 WHERE account_id = '" + id + "' AND sequence = 3",
                        "UPDATE events SET sequence = 3 WHERE account_id = '" + id + "' AND sequence = 99");
        assertThat(proof(id).broken()).hasValueSatisfying(broken -> {
            assertThat(broken.kind()).isEqualTo(Kind.MOVED);
            assertThat(broken.what()).isEqualTo("entry 2 stands at place 3: the order was changed");
        });
    }

    @Test
    void entryOfAnotherAccountIsFound() {
        AccountId id = lived();
        AccountId other = lived();
        backdoor()
                .run(
                        "DELETE FROM events WHERE account_id = '" + id + "' AND sequence = 1",
                        "UPDATE events SET account_id = '" + id + "' WHERE account_id = '" + other
                                + "' AND sequence = 1");
        assertThat(what(id)).startsWith("entry 1, or its hash, is not what Roost wrote");
        assertThat(what(other)).startsWith("entry 1 is missing");
    }

    @Test
    void headThatWasChangedIsFound() {
        AccountId behind = lived();
        head(behind, "sequence = 4");
        assertThat(what(behind)).isEqualTo("the head stands behind, at 4; the newest entry is 6");
        AccountId ahead = lived();
        head(ahead, "sequence = 7");
        assertThat(what(ahead)).isEqualTo("entry 7 is missing; the head stands at 7");
        AccountId other = lived();
        head(other, "hash = '00'");
        assertThat(what(other)).isEqualTo("the head names another hash than entry 6 has");
        AccountId gone = lived();
        backdoor().run("DELETE FROM event_heads WHERE account_id = '" + gone + "'");
        assertThat(what(gone)).isEqualTo("the head is missing; the newest entry is 6");
    }

    @Test
    void answerIsRecordedWhateverWasDoneToTheHead() {
        AccountId id = fixture.tokens().connect(signedIn()).id();
        fixture.tokens().rotate(Sample.rotation(id, 1, fixture.clock.instant(), node));
        for (String change : List.of(
                "sequence = 1",
                "sequence = 0",
                "sequence = -7",
                "sequence = 9",
                "sequence = 9223372036854775807",
                "hash = ''")) {
            head(id, change);
            rotateOnce(id);
        }
        backdoor().run("DELETE FROM event_heads WHERE account_id = '" + id + "'");
        rotateOnce(id);
        assertThat(proof(id).broken()).isPresent();
    }

    @Test
    void newestEntriesCutOffWithTheHeadShowOnlyAgainstAKeptHead() {
        AccountId id = lived();
        Finding kept = proof(id);
        String hash = backdoor().ask("SELECT hash FROM events WHERE account_id = '" + id + "' AND sequence = 4");
        backdoor().run("DELETE FROM events WHERE account_id = '" + id + "' AND sequence > 4");
        head(id, "sequence = 4, hash = '" + hash + "'");
        Finding cut = proof(id);
        assertThat(cut.broken()).isEmpty();
        assertThat(cut.head()).isLessThan(kept.head());
    }

    @Test
    void otherKeysetProvesNothing() {
        AccountId id = lived();
        ChainKey own = new ChainKey(new Keyset(new KeysetFile(folder.resolve("keyset.json"))));
        new KeysetFile(folder.resolve("other.json")).createIfAbsent();
        ChainKey other = new ChainKey(new Keyset(new KeysetFile(folder.resolve("other.json"))));
        EntryRow row = fixture.store().events().newest(id, OptionalLong.empty(), 1).stream()
                .map(entry -> new EntryRow(1, Entry.of(entry.event()), ""))
                .findFirst()
                .orElseThrow();
        assertThat(own.hash("", 1, row.entry())).isNotEqualTo(other.hash("", 1, row.entry()));
    }

    @Test
    void entriesOfEarlierVersionsAreCountedAndNotProven() {
        AccountId id = lived();
        backdoor()
                .run("INSERT INTO events (account_id, sequence, at, kind, generation, node, detail) VALUES ('" + id
                        + "', 0, 5, 'ROTATED', 1, 'n', ''), ('" + id + "', -1, 4, 'CONNECTED', 1, 'n', ''), ('"
                        + id + "', NULL, 9, 'ROTATED', 1, 'n', '')");
        Finding found = proof(id);
        assertThat(found.broken()).isEmpty();
        assertThat(found.before()).isEqualTo(2);
        assertThat(found.beside()).isEqualTo(1);
        assertThat(fixture.events().newest(id, OptionalLong.of(2), 9))
                .extracting(entry -> entry.sequence())
                .containsExactly(1L, 0L, -1L);
    }

    @Test
    void allLogsAreProvenOneByOne() {
        List<AccountId> ids = List.of(lived(), lived(), lived());
        backdoor().run("DELETE FROM events WHERE account_id = '" + ids.get(1) + "' AND sequence = 2");
        List<Finding> found = new ArrayList<>();
        fixture.store().logProof().all(found::add);
        assertThat(found).extracting(Finding::account).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(found)
                .filteredOn(each -> each.broken().isPresent())
                .singleElement()
                .extracting(Finding::account)
                .isEqualTo(ids.get(1));
    }

    @Test
    void twoStoresAppendToOneChainAndItIsProvenMeanwhile() throws InterruptedException, ExecutionException {
        AccountId id = fixture.tokens().connect(signedIn()).id();
        try (StoreFixture there = new StoreFixture(database, folder.resolve("keyset.json"));
                ExecutorService pool = Executors.newFixedThreadPool(5)) {
            List<Future<?>> writers = new ArrayList<>();
            for (StoreFixture store : List.of(fixture, there, fixture, there)) {
                writers.add(pool.submit(() -> {
                    for (int i = 0; i < 50; i++) {
                        store.tokens().rotate(Sample.rotation(id, i % 2, fixture.clock.instant(), node));
                    }
                }));
            }
            while (writers.stream().anyMatch(writer -> !writer.isDone())) {
                assertThat(proof(id).broken()).isEmpty();
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        assertThat(proof(id).broken()).isEmpty();
        assertThat(proof(id).head()).isEqualTo(201);
    }

    private void rotateOnce(AccountId id) {
        long generation = fixture.tokens().account(id).orElseThrow().generation();
        fixture.tokens().rotate(Sample.rotation(id, generation, fixture.clock.instant(), node));
        assertThat(fixture.tokens().account(id).orElseThrow().generation()).isEqualTo(generation + 1);
    }

    /** Returns an account with six entries of all sorts; the last one tells of the loss. */
    private AccountId lived() {
        AccountId id = fixture.tokens().connect(signedIn()).id();
        fixture.tokens().rotate(Sample.rotation(id, 1, fixture.clock.instant(), node));
        fixture.tokens().settle(leased(id), new Settlement.NotSpent(now(), now(), "X turned the request away"));
        fixture.tokens().settle(leased(id), new Settlement.Unknown(now(), now(), "timeout"));
        Lease lease = leased(id);
        LossCause lost = new LossCause.AnswerLost(lease.firstSentAt(), lease.firstNode());
        fixture.tokens().settle(lease, new Settlement.Refused(now(), lost, "HTTP 400", Optional.of(INVALID)));
        return id;
    }

    private SignedIn signedIn() {
        return Sample.signedIn(Sample.CLIENT, Sample.user(), now());
    }

    private Instant now() {
        return fixture.clock.instant();
    }

    private Lease leased(AccountId id) {
        long generation = fixture.tokens().account(id).orElseThrow().generation();
        LeaseAnswer answer =
                fixture.tokens().lease(id, generation, Lease.Purpose.REFRESH, node, Duration.ofSeconds(90));
        return ((LeaseAnswer.Granted) answer).lease();
    }

    private Finding proof(AccountId id) {
        return fixture.store().logProof().of(id).orElseThrow();
    }

    private String what(AccountId id) {
        return proof(id).broken().orElseThrow().what();
    }

    private void head(AccountId id, String change) {
        assertThat(backdoor().run("UPDATE event_heads SET " + change + " WHERE account_id = '" + id + "'"))
                .isOne();
    }

    private Backdoor backdoor() {
        return Backdoor.of(database);
    }
}
