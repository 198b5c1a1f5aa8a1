package dev.roost.testkit;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.CallerRefreshes;
import dev.roost.core.ChangeFeed;
import dev.roost.core.Engine;
import dev.roost.core.EngineEvent;
import dev.roost.core.Grant;
import dev.roost.core.IssuedPair;
import dev.roost.core.Node;
import dev.roost.core.Peers;
import dev.roost.core.RefreshOutcome;
import dev.roost.core.RefreshPolicy;
import dev.roost.core.Scopes;
import dev.roost.core.SignedIn;
import dev.roost.core.World;
import dev.roost.core.XUser;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * An engine on a memory store, a memory spool, a scripted X and a clock to turn. Waiting turns the clock, so nothing
 * takes real time. {@link #restarted} plays another process on the same store.
 */
public final class EngineRig {
    /** A user to connect. */
    public static final XUser ADA = new XUser("1001", "ada");
    /** Another. */
    public static final XUser GRACE = new XUser("1002", "grace");

    private final ManualClock clock;
    private final MemoryStore store;
    private final MemorySpool spool;
    private final ScriptedX x;
    private final World world;
    private final ToldFeed feed = new ToldFeed();
    private final Engine engine;
    private final Queue<EngineEvent> events = new ConcurrentLinkedQueue<>();
    private volatile boolean listenerBroken;
    private volatile Duration setBack = Duration.ZERO;

    private EngineRig(
            ManualClock clock,
            MemoryStore store,
            MemorySpool spool,
            ScriptedX x,
            String node,
            RefreshPolicy policy,
            Duration replayWindow) {
        this.clock = clock;
        this.store = store;
        this.spool = spool;
        this.x = x;
        this.world = new World(
                new Node(node),
                clock,
                () -> Duration.between(ManualClock.START, clock.instant())
                        .plus(setBack)
                        .toNanos(),
                new Random(7),
                Executors.newVirtualThreadPerTaskExecutor(),
                this::pass,
                this::hear);
        this.engine = Engine.assemble(
                store,
                store,
                spool,
                x,
                x,
                policy,
                replayWindow,
                new Peers(feed, store.appStates(), store.uses()),
                world);
    }

    /** Builds one with Roost's own policy, as node {@code first}. */
    public static EngineRig create() {
        return create(RefreshPolicy.DEFAULT);
    }

    /** Builds one with another policy. */
    public static EngineRig create(RefreshPolicy policy) {
        return create(policy, CallerRefreshes.REPLAY_WINDOW);
    }

    /** Builds one that keeps the answers to callers for another time. */
    public static EngineRig create(Duration replayWindow) {
        return create(RefreshPolicy.DEFAULT, replayWindow);
    }

    private static EngineRig create(RefreshPolicy policy, Duration replayWindow) {
        ManualClock clock = new ManualClock();
        return new EngineRig(
                clock, new MemoryStore(clock), new MemorySpool(), new ScriptedX(), "first", policy, replayWindow);
    }

    /** Builds a second process that shares store, spool, X and clock. */
    public EngineRig restarted(String node) {
        return restarted(node, RefreshPolicy.DEFAULT);
    }

    /** Builds a second process that shares store, spool, X and clock, with another policy. */
    public EngineRig restarted(String node, RefreshPolicy policy) {
        return new EngineRig(clock, store, spool, x, node, policy, CallerRefreshes.REPLAY_WINDOW);
    }

    /** Builds a process on another machine: it shares store, X and clock, and has a spool of its own. */
    public EngineRig beside(String node) {
        return new EngineRig(
                clock, store, new MemorySpool(), x, node, RefreshPolicy.DEFAULT, CallerRefreshes.REPLAY_WINDOW);
    }

    /** Connects a user whose token lives two hours. */
    public Account connect(XUser user) {
        IssuedPair pair = new IssuedPair(x.issue(user), clock.instant().plus(Duration.ofHours(2)), Scopes.DEFAULT);
        return store.connect(new SignedIn(
                AccountId.random(world.random()),
                ScriptedX.CLIENT_ID,
                user,
                pair,
                clock.instant().plus(Duration.ofMinutes(112)),
                clock.instant(),
                world.node(),
                "sign-in"));
    }

    /** Turns the clock to when a fresh token is due and still valid for at least five minutes. */
    public void untilDue() {
        clock.advance(Duration.ofMinutes(114));
    }

    /** Sets the clock of the day back; the clock that never jumps goes on. */
    public void setClockBack(Duration by) {
        setBack = setBack.plus(by);
        clock.advance(by.negated());
    }

    /** Turns the clock past the life of a fresh token. */
    public void untilExpired() {
        clock.advance(Duration.ofMinutes(121));
    }

    /** Takes one turn of the scheduler and waits for the refreshes it started. */
    public List<RefreshOutcome> turn() {
        return engine.scheduler().turn().stream().map(flight -> flight.join()).toList();
    }

    /** The engine. */
    public Engine engine() {
        return engine;
    }

    /** The clock of everything. */
    public ManualClock clock() {
        return clock;
    }

    /** The store. */
    public MemoryStore store() {
        return store;
    }

    /** The spool. */
    public MemorySpool spool() {
        return spool;
    }

    /** X. */
    public ScriptedX x() {
        return x;
    }

    /** Lets this process hear news from another. */
    public void hears(ChangeFeed.Change news) {
        feed.tell(news);
    }

    /** From now on the listener throws at whatever it is told. */
    public void breakListener() {
        listenerBroken = true;
    }

    /** What this process has told its listener so far, oldest first. */
    public List<EngineEvent> events() {
        return List.copyOf(events);
    }

    /** The account as the store has it now. */
    public Account account(AccountId id) {
        return store.account(id).orElseThrow();
    }

    /** The account and pair as the store has them now. */
    public Grant grant(AccountId id) {
        return store.grant(id).orElseThrow();
    }

    private void hear(EngineEvent event) {
        events.add(event);
        if (listenerBroken) {
            throw new IllegalStateException("the listener is broken, as the test wished");
        }
    }

    /** Lets virtual time pass, and other threads run. */
    private void pass(Duration duration) throws InterruptedException {
        clock.advance(duration);
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while waiting");
        }
        LockSupport.parkNanos(50_000);
    }
}
