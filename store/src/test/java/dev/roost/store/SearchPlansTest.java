package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccountId;
import dev.roost.core.overview.AccountSearch.Order;
import dev.roost.core.overview.AccountSearch.Wanted;
import dev.roost.core.overview.Place;
import dev.roost.core.overview.Standing;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Among many accounts both databases walk an index to a page: they look at no whole table, and sort nothing. */
@ParameterizedClass
@EnumSource
final class SearchPlansTest {
    private static final int MANY = 20_000;
    private static final List<Set<Standing>> STATES = List.of(
            Set.of(),
            Set.of(Standing.ACTIVE),
            Set.of(Standing.UNCERTAIN, Standing.NEEDS_REAUTHORIZATION),
            Set.of(Standing.DISCONNECTED));

    /** Values that some statements have, of which a plan tells nothing. */
    private static final Map<String, Object> UNUSED = Map.of(
            "now",
            1L,
            "answerMissing",
            1L,
            "failingSince",
            1L,
            "failures",
            3,
            "soon",
            1L,
            "type",
            "",
            "webhook",
            "",
            "clientId",
            "",
            "limit",
            4);

    @SuppressWarnings("NullAway.Init") // set before every test by JUnit
    private static SqlGate gate;

    @SuppressWarnings("NullAway.Init") // likewise
    @Parameter
    SqlStoreTest.Kind kind;

    @BeforeParameterizedClassInvocation
    static void fill(SqlStoreTest.Kind kind, @TempDir Path folder) {
        Database database =
                switch (kind) {
                    case SQLITE -> Database.Sqlite.at(folder.resolve("roost.db"));
                    case POSTGRES -> TestPostgres.newDatabase();
                };
        ManualClock clock = new ManualClock();
        LeaseClock leaseClock = new LeaseClock.Injected(clock);
        RoostStore.open(database, folder.resolve("keyset.json"), clock, leaseClock)
                .close();
        gate = new SqlGate(database, leaseClock);
        Crowd.fill(gate, Sample.CLIENT, MANY, clock.millis());
    }

    @AfterParameterizedClassInvocation
    static void close() {
        gate.close();
    }

    @ParameterizedTest
    @EnumSource
    void pagesOfEveryOrderComeFromAnIndex(Order order) {
        Place middle = new Place(
                order == Order.ATTENTION ? 2 : 0,
                order == Order.NAME ? 0 : 5,
                order == Order.NAME ? "user_00500" : "",
                new AccountId("acc_00000000000000000500"));
        for (Set<Standing> states : STATES) {
            Wanted wanted = new Wanted("", states, order, Optional.empty(), 50);
            for (Optional<Place> from : List.of(Optional.<Place>empty(), Optional.of(middle))) {
                for (boolean back : new boolean[] {false, true}) {
                    SqlSearch.sql(wanted, Map.of(), from, back).ifPresent(sql -> assertWalks(sql, values(from)));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void wholeAccountIdIsLookedUp(Order order) {
        Wanted wanted = new Wanted("", Set.of(), order, Optional.empty(), 50);
        Map<String, Object> values = values(Optional.empty());
        values.put("only", "acc_00000000000000000500");
        String plan =
                plan(SqlSearch.sql(wanted, values, Optional.empty(), false).orElseThrow(), values);
        assertThat(plan).doesNotContain("Seq Scan", "SCAN grants");
    }

    @Test
    void deedsOfAnAccountAndUpcomingRefreshesComeFromAnIndex() {
        Map<String, Object> values = values(Optional.empty());
        values.putAll(Map.of("account", "acc_00000000000000000500", "before", 5L, "from", 1L, "step", 1L, "end", 9L));
        assertThat(plan(SqlAudit.DEEDS, values))
                .contains("audit_of_account")
                .doesNotContain("Seq Scan", "Sort", "TEMP");
        assertThat(plan(SqlSearch.UPCOMING, values)).contains("grants_due").doesNotContain("Seq Scan");
    }

    @Test
    void whatIsWorthAnAlertIsLookedForInSmallIndexes() {
        if (kind == SqlStoreTest.Kind.SQLITE) {
            assertThat(plan(AlertTurn.looksFor(Condition.ANSWER_MISSING), Map.of()))
                    .contains("grants_by_", "grants_due")
                    .doesNotContain("SCAN g");
            assertThat(plan(AlertTurn.looksFor(Condition.FAILING), Map.of())).contains("grants_failing");
            assertThat(plan(AlertTurn.looksFor(Condition.EXPIRING), Map.of()))
                    .contains("grants_by_expiry (client_id=? AND standing=? AND access_expires_at<?)");
            assertThat(plan(SqlOutbox.CANDIDATES.replace("<types>", "'a', 'b'"), Map.of()))
                    .contains("deliveries_in_order")
                    .doesNotContain("TEMP B-TREE", "SCAN d");
        }
    }

    private void assertWalks(String sql, Map<String, Object> values) {
        String plan = plan(sql, values);
        assertThat(plan)
                .as(sql)
                .containsPattern("grants_(by_|due)")
                .satisfies(text ->
                        assertThat(text.split("grants_due", -1)).hasSameSizeAs(sql.split("due_at IS NOT NULL", -1)))
                .doesNotContain("Seq Scan", "Sort", "SCAN grants", "TEMP B-TREE", "AUTOMATIC");
    }

    private static Map<String, Object> values(Optional<Place> from) {
        Map<String, Object> values = new LinkedHashMap<>(Map.of("clientId", Sample.CLIENT, "limit", 50));
        from.ifPresent(place -> {
            values.put("id", place.id().value());
            values.put("key", place.name().isEmpty() ? (Object) place.number() : place.name());
        });
        return values;
    }

    private String plan(String sql, Map<String, Object> values) {
        String explain = kind == SqlStoreTest.Kind.SQLITE ? "EXPLAIN QUERY PLAN " : "EXPLAIN ";
        return gate.read(handle ->
                String.join("\n", lines(handle, explain + gate.dialect().sql(sql), values)));
    }

    private List<String> lines(Handle handle, String sql, Map<String, Object> values) {
        String column = kind == SqlStoreTest.Kind.SQLITE ? "detail" : "QUERY PLAN";
        try (Stream<String> lines = handle
                .createQuery(sql)
                .bindMap(UNUSED)
                .bindMap(values)
                .bind("leaseNow", 0L)
                .map((row, _) -> row.getString(column))
                .stream()) {
            return new ArrayList<>(lines.toList());
        }
    }
}
