package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccountId;
import dev.roost.core.CallerRefreshes;
import dev.roost.core.Engine;
import dev.roost.core.EngineEvent;
import dev.roost.core.IssuedPair;
import dev.roost.core.Peers;
import dev.roost.core.RefreshPolicy;
import dev.roost.core.Scopes;
import dev.roost.core.SignedIn;
import dev.roost.core.World;
import dev.roost.core.XUser;
import dev.roost.core.access.ApiKeys;
import dev.roost.testkit.MemorySpool;
import dev.roost.testkit.Sample;
import dev.roost.testkit.ScriptedX;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One of several nodes on a database, in real time. */
final class FleetNode implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final RoostStore store;
    final Engine engine;
    final ApiKeys keys;
    final Queue<EngineEvent> events = new ConcurrentLinkedQueue<>();
    private final ScriptedX x;
    private final World world;

    FleetNode(String name, Database database, Path keyset, ScriptedX x) {
        SecureRandom random = new SecureRandom();
        this.x = x;
        this.store = RoostStore.open(database, keyset, InstantSource.system());
        this.world =
                World.real(Sample.node(name), InstantSource.system(), random).heardBy(events::add);
        this.engine = Engine.assemble(
                store.tokens(),
                store.signIns(),
                new MemorySpool(),
                x,
                x,
                RefreshPolicy.DEFAULT,
                CallerRefreshes.REPLAY_WINDOW,
                new Peers(store.feed(), store.appStates()),
                world);
        this.keys = new ApiKeys(store.apiKeys(), store.feed(), world);
        store.startFeed();
    }

    AccountId connect(XUser user, Duration untilDue) {
        Instant now = Instant.now();
        IssuedPair pair = new IssuedPair(x.issue(user), now.plus(Duration.ofHours(2)), Scopes.DEFAULT);
        AccountId id = AccountId.random(world.random());
        return store.tokens()
                .connect(new SignedIn(
                        id, ScriptedX.CLIENT_ID, user, pair, now.plus(untilDue), now, world.node(), "sign-in"))
                .id();
    }

    long generationServed(AccountId id) {
        return engine.keeper().token(id).generation();
    }

    void awaitNews() {
        until("the feed is current", () -> store.feed().isCurrent());
    }

    /** Returns how long it took. */
    static Duration until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("waiting until " + what)
                    .isLessThan(PATIENCE);
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() {
        engine.stop(Duration.ofSeconds(5));
        world.executor().shutdownNow();
        store.close();
    }
}
