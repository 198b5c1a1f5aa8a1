package dev.roost.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccessToken;
import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import dev.roost.core.IssuedPair;
import dev.roost.core.Node;
import dev.roost.core.RefreshOutcome;
import dev.roost.core.RefreshToken;
import dev.roost.core.Scopes;
import dev.roost.core.SignedIn;
import dev.roost.core.TokenPair;
import dev.roost.core.XUser;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import dev.roost.simulator.LedgerRequest;
import dev.roost.simulator.Simulator;
import dev.roost.testkit.Faults;
import dev.roost.testkit.Faults.Effect;
import dev.roost.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A crash, a dead store or a lost answer at every step of a refresh, on every store; then recovery by another process;
 * then the ledger is asked what was lost. Only an answer that never reached durable ground may be.
 */
class FaultMatrixTest {
    private static final XUser ADA = new XUser("1001", "ada");

    @TempDir
    Path folder;

    /**
     * One row of the matrix.
     *
     * @param faults what goes wrong in the process that refreshes, by place
     * @param x what goes wrong at X, if anything
     * @param lost whether no client could have saved the grant
     */
    private record Row(String name, Map<String, Effect> faults, Optional<Fault> x, boolean lost) {}

    @TestFactory
    Stream<DynamicTest> theLedgerJudgesEveryRowOnEveryStore() {
        return Arrays.stream(StoreKind.values())
                .flatMap(kind ->
                        rows().map(row -> DynamicTest.dynamicTest(kind + ": " + row.name(), () -> play(kind, row))));
    }

    private static Stream<Row> rows() {
        return Stream.of(crashes(), crashesWithADeadStore(), deadStores(), lostAnswers(), untouched())
                .flatMap(List::stream);
    }

    /** A process dies. Lost only between X's commit and the durable write. */
    private static List<Row> crashes() {
        return List.of(
                crash("before grant", false),
                crash("after grant", false),
                crash("before lease", false),
                crash("after lease", false),
                crash("before send", false),
                crash("after send", true),
                crash("before rotate", true),
                crash("after rotate", false),
                at503("crash before settle", Map.of("before settle", Effect.CRASH)),
                at503("crash after settle", Map.of("after settle", Effect.CRASH)));
    }

    /** The store is away when X answers, and then the process dies around the spool. */
    private static List<Row> crashesWithADeadStore() {
        return List.of(
                row(
                        "store away, crash before put",
                        true,
                        "before rotate",
                        Effect.UNAVAILABLE,
                        "before put",
                        Effect.CRASH),
                row(
                        "store away, crash after put",
                        false,
                        "before rotate",
                        Effect.UNAVAILABLE,
                        "after put",
                        Effect.CRASH),
                row(
                        "store in doubt, crash after put",
                        false,
                        "after rotate",
                        Effect.UNAVAILABLE,
                        "after put",
                        Effect.CRASH),
                row("store hangs, crash after put", false, "before rotate", Effect.HANG, "after put", Effect.CRASH));
    }

    /** The store does not answer, before or after it did what it was asked. The process lives on. */
    private static List<Row> deadStores() {
        return Stream.of("grant", "lease", "rotate", "settle")
                .flatMap(method -> Stream.of("before " + method, "after " + method))
                .map(place -> place.endsWith("settle")
                        ? at503("store away " + place, Map.of(place, Effect.UNAVAILABLE))
                        : new Row("store away " + place, Map.of(place, Effect.UNAVAILABLE), Optional.empty(), false))
                .toList();
    }

    /** X rotates and the answer does not come, or cannot be read. */
    private static List<Row> lostAnswers() {
        Stream<Fault> lost = Stream.of(
                        FaultKind.LOSE_ANSWER,
                        FaultKind.CUT_BODY,
                        FaultKind.UNREADABLE_200,
                        FaultKind.TOKENLESS_200,
                        FaultKind.STATUS_503_AFTER)
                .map(kind -> Fault.of(Endpoint.TOKEN, kind));
        Fault late = Fault.stall(Endpoint.TOKEN, Duration.ofSeconds(4));
        return Stream.concat(lost, Stream.of(late))
                .map(fault -> new Row("X: " + fault.kind(), Map.of(), Optional.of(fault), true))
                .toList();
    }

    /** X does not look at the token; whatever it says, the grant lives. */
    private static List<Row> untouched() {
        return Stream.of(
                        FaultKind.REFUSE,
                        FaultKind.HTML_403,
                        FaultKind.STATUS_402,
                        FaultKind.STATUS_429,
                        FaultKind.STATUS_500,
                        FaultKind.STATUS_503)
                .map(kind -> new Row("X: " + kind, Map.of(), Optional.of(Fault.of(Endpoint.TOKEN, kind)), false))
                .toList();
    }

    private static Row crash(String place, boolean lost) {
        return new Row("crash " + place, Map.of(place, Effect.CRASH), Optional.empty(), lost);
    }

    private static Row row(String name, boolean lost, String place, Effect effect, String other, Effect otherEffect) {
        return new Row(name, Map.of(place, effect, other, otherEffect), Optional.empty(), lost);
    }

    private static Row at503(String name, Map<String, Effect> faults) {
        return new Row(name, faults, Optional.of(Fault.of(Endpoint.TOKEN, FaultKind.STATUS_503)), false);
    }

    private void play(StoreKind kind, Row row) throws Exception {
        ManualClock clock = new ManualClock();
        Path data = Files.createTempDirectory(folder, kind.name());
        try (Simulator x = Simulator.start();
                StoreKind.Opened store = kind.open(data, clock);
                RoostProcess first = new RoostProcess("first", store, x, clock);
                RoostProcess second = new RoostProcess("second", store, x, clock)) {
            AccountId ada = connect(x, store, clock);
            row.faults().forEach((place, effect) -> first.faults().plan(place, effect, 3));
            row.x().ifPresent(x::queue);

            refreshUntilItDies(first, ada);
            assertThat(first.faults().struck())
                    .as("the planned faults happened")
                    .isTrue();
            Waiting.until(
                    "X is done with every request",
                    () -> x.ledger().requests().stream().noneMatch(LedgerRequest::inFlight));
            recover(clock, second, store, ada);

            Judge.Finding finding = new Judge(store.tokens(), x.ledger(), RoostProcess.CLIENT_ID).judge();
            assertThat(finding.lost()).as("grants lost").isEqualTo(row.lost() ? 1 : 0);
            assertThat(store.spool().entries()).as("the spool is drained").isEmpty();
            if (!row.lost()) {
                assertThat(second.engine().keeper().refreshNow(ada))
                        .as("the grant can be refreshed on")
                        .isInstanceOf(RefreshOutcome.Fresh.class);
            }
            first.faults().gate().open();
        }
    }

    private static AccountId connect(Simulator x, StoreKind.Opened store, ManualClock clock) {
        x.addApp(RoostProcess.CLIENT_ID, null, "http://127.0.0.1:3001/auth/twitter/callback");
        x.addUser(ADA.id(), ADA.username());
        dev.roost.simulator.IssuedPair issued = x.issue(RoostProcess.CLIENT_ID, ADA.id());
        return store.tokens()
                .connect(new SignedIn(
                        AccountId.random(new Random(3)),
                        RoostProcess.CLIENT_ID,
                        ADA,
                        new IssuedPair(
                                new TokenPair(
                                        AccessToken.of(issued.accessToken()), RefreshToken.of(issued.refreshToken())),
                                clock.instant().plus(Duration.ofHours(2)),
                                Scopes.DEFAULT),
                        clock.instant().plus(Duration.ofMinutes(112)),
                        clock.instant(),
                        new Node("setup"),
                        "sign-in"))
                .id();
    }

    /** Refreshes, and goes on for a while if the process survives. */
    private static void refreshUntilItDies(RoostProcess process, AccountId id) {
        try {
            for (int i = 0; i < 4; i++) {
                var _ = process.engine().keeper().refreshRejected(id, 1);
            }
        } catch (Faults.Crash died) {
            return;
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(Faults.Crash.class);
        }
    }

    /** Lets time pass and another process take over, until the account is decided. */
    private static void recover(ManualClock clock, RoostProcess second, StoreKind.Opened store, AccountId id) {
        for (int i = 0; i < 10; i++) {
            clock.advance(Duration.ofMinutes(6));
            second.engine().scheduler().turn().forEach(flight -> flight.join());
            boolean open = store.tokens().account(id).orElseThrow().state() instanceof AccountState.Uncertain;
            if (i > 1 && !open && store.spool().entries().isEmpty()) {
                return;
            }
        }
    }
}
