package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccountId;
import dev.roost.core.CallerRefreshes;
import dev.roost.core.Engine;
import dev.roost.core.EngineEvent;
import dev.roost.core.IssuedPair;
import dev.roost.core.Peers;
import dev.roost.core.RefreshPolicy;
import dev.roost.core.RefreshToken;
import dev.roost.core.Scopes;
import dev.roost.core.SignedIn;
import dev.roost.core.TokenEndpoint;
import dev.roost.core.TokenPair;
import dev.roost.core.Verdict;
import dev.roost.core.World;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.MemorySpool;
import dev.roost.testkit.Sample;
import dev.roost.testkit.ScriptedX;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two engines on one store stop together when X rejects the app, and go on together. */
final class SharedBreakerTest {
    private static final int CONCURRENCY = 8;

    private final ScriptedX x = new ScriptedX();
    private final CountedX counted = new CountedX(x);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void wrongSecretCostsAHandfulOfRequestsAndOneProbesForAll(SqlStoreTest.Kind kind) {
        try (StoreFixture fixture = kind.open(folder)) {
            int accounts = kind == SqlStoreTest.Kind.POSTGRES ? 1000 : 100;
            List<AccountId> ids = connected(fixture, accounts);
            fixture.clock.advance(Duration.ofMinutes(114));
            Stage one = new Stage("one", fixture);
            Stage two = new Stage("two", fixture);
            x.acceptApp(false);
            one.turn();
            assertThat(one.isRejected()).isTrue();
            int sent = counted.refreshes.get();
            assertThat(sent).isBetween(1, CONCURRENCY);
            two.turn();
            assertThat(two.isRejected()).isTrue();
            assertThat(two.events).hasSize(1).first().isInstanceOf(EngineEvent.BreakerOpened.class);
            assertThat(probesDuring(fixture, Duration.ofMinutes(10), one, two)).isBetween(5, 8);
            assertThat(counted.refreshes.get()).isEqualTo(sent);
            Stage late = new Stage("late", fixture);
            late.turn();
            assertThat(late.isRejected()).isTrue();
            x.acceptApp(true);
            fixture.clock.advance(Duration.ofMinutes(5));
            int probes = x.probes();
            two.turn();
            assertThat(x.probes()).isEqualTo(probes + 1);
            assertThat(two.isRejected()).isFalse();
            one.turn();
            assertThat(one.isRejected()).isFalse();
            assertThat(x.probes()).isEqualTo(probes + 1);
            assertThat(one.events).last().isNotInstanceOf(EngineEvent.BreakerOpened.class);
            assertThat(one.refreshed()).isPositive();
            assertThat(two.refreshed()).isPositive();
            FleetNode.until("all are refreshed", () -> {
                one.turn();
                two.turn();
                fixture.clock.advance(Duration.ofSeconds(5));
                return ids.stream()
                        .allMatch(
                                id -> fixture.tokens().account(id).orElseThrow().generation() > 1);
            });
            // A slow store takes an answer from the spool, a turn later.
            one.turn();
            two.turn();
            assertThat(ids)
                    .allSatisfy(id -> assertThat(
                                    fixture.tokens().account(id).orElseThrow().generation())
                            .isEqualTo(2));
            assertThat(one.refreshed() + two.refreshed()).isEqualTo(accounts);
        }
    }

    @Test
    void proberThatDiesIsReplaced() {
        try (StoreFixture fixture = StoreFixture.sqlite(folder)) {
            var _ = connected(fixture, 1);
            fixture.clock.advance(Duration.ofMinutes(114));
            Stage one = new Stage("one", fixture);
            x.acceptApp(false);
            one.turn();
            fixture.clock.advance(Duration.ofSeconds(6));
            assertThat(fixture.appStates().takeProbe(ScriptedX.CLIENT_ID, Sample.node("dead"), Duration.ofMinutes(1)))
                    .isTrue();
            x.acceptApp(true);
            fixture.clock.advance(Duration.ofSeconds(50));
            one.turn();
            assertThat(x.probes()).isZero();
            fixture.clock.advance(Duration.ofSeconds(10));
            one.turn();
            assertThat(x.probes()).isOne();
            assertThat(one.isRejected()).isFalse();
        }
    }

    /** Returns how many probes X saw while both took a turn each second. */
    private int probesDuring(StoreFixture fixture, Duration time, Stage... stages) {
        int before = x.probes();
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plusSeconds(5)) {
            fixture.clock.advance(Duration.ofSeconds(5));
            for (Stage stage : stages) {
                stage.turn();
            }
        }
        return x.probes() - before;
    }

    private List<AccountId> connected(StoreFixture fixture, int many) {
        List<AccountId> ids = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            var user = Sample.user();
            var now = fixture.clock.instant();
            IssuedPair pair = new IssuedPair(x.issue(user), now.plus(Duration.ofHours(2)), Scopes.DEFAULT);
            ids.add(fixture.tokens()
                    .connect(new SignedIn(
                            Sample.accountId(),
                            ScriptedX.CLIENT_ID,
                            user,
                            pair,
                            now.plus(Duration.ofMinutes(112)),
                            now,
                            Sample.node("node"),
                            "sign-in"))
                    .id());
        }
        return ids;
    }

    /** One process. */
    private final class Stage {
        private final Queue<EngineEvent> events = new ConcurrentLinkedQueue<>();
        private final Engine engine;

        Stage(String name, StoreFixture fixture) {
            ManualClock clock = fixture.clock;
            World world = new World(
                    Sample.node(name),
                    clock,
                    () -> Duration.between(ManualClock.START, clock.instant()).toNanos(),
                    RandomGenerator.getDefault(),
                    Executors.newVirtualThreadPerTaskExecutor(),
                    duration -> LockSupport.parkNanos(50_000),
                    events::add);
            this.engine = Engine.assemble(
                    fixture.tokens(),
                    fixture.signIns(),
                    new MemorySpool(),
                    counted,
                    x,
                    policy(),
                    CallerRefreshes.REPLAY_WINDOW,
                    new Peers(fixture.store().feed(), fixture.appStates()),
                    world);
        }

        void turn() {
            engine.scheduler().turn().forEach(flight -> flight.join());
        }

        boolean isRejected() {
            return engine.keeper().health().appRejected().isPresent();
        }

        long refreshed() {
            return events.stream()
                    .filter(event -> event instanceof EngineEvent.RefreshEnded ended
                            && ended.outcome() == EngineEvent.Outcome.ROTATED)
                    .count();
        }
    }

    private static RefreshPolicy policy() {
        RefreshPolicy usual = RefreshPolicy.DEFAULT;
        return new RefreshPolicy(
                usual.refreshAheadMost(),
                usual.refreshAheadLeast(),
                usual.minRemaining(),
                usual.connectDeadline(),
                usual.answerDeadline(),
                usual.leaseLength(),
                usual.guardedRetryPause(),
                usual.firstBackoff(),
                usual.longestBackoff(),
                usual.spoolAfter(),
                CONCURRENCY);
    }

    /** Counts the refreshes, rejected ones too. */
    private record CountedX(ScriptedX x, AtomicInteger refreshes) implements TokenEndpoint {
        CountedX(ScriptedX x) {
            this(x, new AtomicInteger());
        }

        @Override
        public String clientId() {
            return x.clientId();
        }

        @Override
        public Verdict refresh(RefreshToken token) {
            refreshes.incrementAndGet();
            return x.refresh(token);
        }

        @Override
        public Verdict probe() {
            return x.probe();
        }

        @Override
        public Optional<String> revoke(TokenPair tokens) {
            return x.revoke(tokens);
        }
    }
}
