package dev.roost.testkit.simulation;

import dev.roost.core.AccountId;
import dev.roost.core.AppStates;
import dev.roost.core.CallerRefreshes;
import dev.roost.core.Engine;
import dev.roost.core.EngineEvent;
import dev.roost.core.Node;
import dev.roost.core.Peers;
import dev.roost.core.RefreshToken;
import dev.roost.core.SignInStore;
import dev.roost.core.Spool;
import dev.roost.core.TokenStore;
import dev.roost.core.World;
import dev.roost.core.XUser;
import dev.roost.testkit.MemorySpool;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A place where a process runs: its disk and its clock stay when the process dies and the next one starts. */
final class Seat {
    private final Stage stage;
    private final String name;
    private final MemorySpool disk = new MemorySpool();
    /** When leases end that a process here took, by token, and how long the process had been frozen by then. */
    private final Map<String, Held> leases = new HashMap<>();
    /** The newest generation that callers of the present process reported as refused. */
    private final Map<AccountId, Long> reported = new HashMap<>();

    private final Map<AccountId, Issue> served = new HashMap<>();
    private final Map<AccountId, Long> forgottenAt = new HashMap<>();
    private NodeProcess process;
    private @Nullable Engine engine;
    private Duration clockIsOffBy = Duration.ZERO;
    private long cutOffUntil;
    private int starts;
    private long failures;

    Seat(Stage stage, String name) {
        this.stage = stage;
        this.name = name;
        this.process = new NodeProcess(name);
        process.dead = true;
    }

    /**
     * @param excuse why the token may be sent though it is spent: the answer was not in the store when the lease was given
     */
    private record Held(
            long until, long frozenFor, @Nullable Cause excuse) {}

    /** Starts a process, which knows nothing of the one before but what lies on disk. */
    void start() {
        process = new NodeProcess(name + ++starts);
        leases.clear();
        reported.clear();
        served.clear();
        NodeProcess mine = process;
        Loop loop = loop();
        World world = new World(
                new Node(process.name),
                () -> loop.instant().plus(clockIsOffBy),
                loop::now,
                loop.random(),
                new Crew(loop, mine, has(Mutation.DROPS_TASKS)),
                new Waits(loop, Times.REST.multipliedBy(1 + loop.random().nextInt(8))),
                this::hear);
        Ports ports = new Ports(this, stage);
        Object store = Edge.of(this, "store", stage.store(), ports::store, TokenStore.class, SignInStore.class);
        Spool spool = (Spool) Edge.of(this, "spool", disk, ports::spool, Spool.class);
        Door door = new Door(this, stage.x());
        AppStates apps = (AppStates) Edge.of(this, "store", stage.apps(), ports::apps, AppStates.class);
        engine = Engine.assemble(
                (TokenStore) store,
                (SignInStore) store,
                spool,
                door,
                door,
                Times.POLICY,
                CallerRefreshes.REPLAY_WINDOW,
                new Peers(stage.news().feed(mine), apps),
                world);
        engine.scheduler().start();
    }

    /** Waits in simulated time. The scheduler of most processes rests longer, as there is little to be learnt of idle turns. */
    private record Waits(Loop loop, Duration rest) implements World.Sleeper {
        @Override
        public void sleep(Duration duration) {
            loop.sleep(duration);
        }

        @Override
        public boolean await(CompletableFuture<?> future, Duration atMost) {
            return loop.await(future, atMost.equals(Times.REST) ? rest : atMost);
        }
    }

    private void hear(EngineEvent event) {
        switch (event) {
            case EngineEvent.RefreshEnded ended -> tally().count("engine: " + ended.outcome());
            case EngineEvent.GrantLost lost ->
                tally().count("engine: grant lost, " + lost.cause().getClass().getSimpleName());
            case EngineEvent.RefreshStarted e -> {}
            case EngineEvent.AnswerSpooled e -> tally().count("engine: answer spooled");
            case EngineEvent.SpoolDrained e -> tally().count("engine: spool drained");
            case EngineEvent.BreakerOpened e -> tally().count("engine: breaker opened");
            case EngineEvent.BreakerClosed e -> tally().count("engine: breaker closed");
            case EngineEvent.SignInEnded e -> tally().count("engine: sign-in " + e.ending());
        }
    }

    boolean isAlive() {
        return !process.dead;
    }

    NodeProcess process() {
        return process;
    }

    Engine engine() {
        Engine present = engine;
        if (present == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return present;
    }

    MemorySpool disk() {
        return disk;
    }

    void turnClock(Duration offBy) {
        clockIsOffBy = offBy;
    }

    void cutOff(Duration length) {
        cutOffUntil = Math.max(cutOffUntil, loop().now() + length.toNanos());
    }

    boolean isCutOff() {
        return cutOffUntil > loop().now() && !weather().isCalm();
    }

    /** Notes that a call of this process failed. */
    void failed() {
        failures++;
    }

    long failures() {
        return failures;
    }

    void leased(RefreshToken token, Duration length) {
        Issue next = stage.x().issueOf(token).map(issue -> issue.next).orElse(null);
        Cause excuse = next == null || next.asker == process ? null : next.missing();
        leases.put(token.expose(), new Held(loop().now() + length.toNanos(), process.frozenFor, excuse));
    }

    /** Why a token that was spent may be sent under the lease that this process has; null if nothing excuses it. */
    @Nullable
    Cause excuse(RefreshToken token) {
        Held held = leases.get(token.expose());
        return held == null ? null : held.excuse();
    }

    /** Tells whether a token is sent without a lease, as imports are. */
    boolean isImport(RefreshToken token) {
        return !leases.containsKey(token.expose());
    }

    /** Tells whether a token is about to be sent so late, as the process stood still, that its lease may end before X looks. */
    boolean isLate(RefreshToken token) {
        Held held = leases.get(token.expose());
        if (held == null || loop().now() + Times.ANSWER_DEADLINE.toNanos() * 3 / 2 <= held.until()) {
            return false;
        }
        if (process.frozenFor == held.frozenFor()) {
            loop().fail("a token was sent under a lease too old for that");
        }
        tally().count("sent after the lease, as the process stood still");
        return true;
    }

    Map<AccountId, Long> reported() {
        return reported;
    }

    /** A sign-in was recorded here, so the process forgets what it held of the account, a little later. */
    void forgets(XUser user) {
        forgottenAt.put(stage.accounts().get(user), loop().now());
        served.remove(stage.accounts().get(user));
    }

    /** Tells whether the process has forgotten an account since then. */
    boolean hasForgotten(AccountId id, long since) {
        return forgottenAt.getOrDefault(id, -1L) >= since;
    }

    /** Notes what a caller of this process got. */
    void served(AccountId id, Issue issue) {
        Long forgotten = forgottenAt.get(id);
        if (forgotten == null
                || loop().now() - forgotten > Duration.ofMinutes(1).toNanos()) {
            served.put(id, issue);
        }
    }

    /** What this process must remember of an account, as it handed it out; null if that is nothing. */
    @Nullable
    Issue remembered(AccountId id) {
        Long forgotten = forgottenAt.get(id);
        return forgotten == null
                        || loop().now() - forgotten > Duration.ofMinutes(1).toNanos()
                ? served.get(id)
                : null;
    }

    XUser user(String id) {
        return stage.user(id);
    }

    boolean has(Mutation mutation) {
        return stage.mutation() == mutation && !weather().isCalm();
    }

    Loop loop() {
        return stage.loop();
    }

    Weather weather() {
        return stage.weather();
    }

    Tally tally() {
        return stage.tally();
    }

    @Override
    public String toString() {
        return name;
    }
}
