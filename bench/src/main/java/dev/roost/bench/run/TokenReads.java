package dev.roost.bench.run;

import dev.roost.core.AccessGrant;
import dev.roost.core.AccountId;
import dev.roost.core.Engine;
import dev.roost.core.Node;
import dev.roost.core.RefreshPolicy;
import dev.roost.core.World;
import dev.roost.store.Database;
import dev.roost.store.RoostStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A token of one of 64 accounts, read within a process, again and again; JMH runs it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenReads {
    static final int ACCOUNTS = 64;

    private final ConcurrentHashMap<AccountId, AccessGrant> map = new ConcurrentHashMap<>();
    private List<AccountId> ids = List.of();
    private RoostStore store;
    private Engine engine;
    private SpringClients spring;
    private int next;

    /** For JMH, which then calls {@link #open()}. */
    @SuppressWarnings("NullAway.Init")
    public TokenReads() {}

    /**
     * Makes a store on SQLite with accounts, and the same tokens for Spring.
     *
     * @throws IOException if there is no room for temporary files
     */
    @Setup
    public void open() throws IOException {
        Path folder = Files.createTempDirectory("roost-bench-reads-");
        store = RoostStore.open(
                Database.Sqlite.at(folder.resolve("roost.db")), folder.resolve("keyset.json"), InstantSource.system());
        ids = RecordRows.connect(store.tokens(), ACCOUNTS);
        SecureRandom random = new SecureRandom();
        ScriptedX x = new ScriptedX(Duration.ZERO);
        engine = Engine.assemble(
                store.tokens(),
                store.signIns(),
                store.spool(folder.resolve("spool")),
                x,
                x,
                RefreshPolicy.DEFAULT,
                World.real(Node.named("bench", random), InstantSource.system(), random));
        ids.forEach(id -> map.put(id, engine.keeper().token(id)));
        spring = SpringClients.open(folder.resolve("spring.db"), ACCOUNTS);
    }

    /** Closes both. */
    @TearDown
    public void close() {
        spring.close();
        store.close();
    }

    /** Roost's way. */
    @Benchmark
    public Object keeper() {
        return engine.keeper().token(ids.get(turn()));
    }

    /** The least that any memory could do. */
    @Benchmark
    public Object map() {
        return Objects.requireNonNull(map.get(ids.get(turn())));
    }

    /** Spring Security's way. */
    @Benchmark
    public Object spring() {
        return spring.token(turn());
    }

    private int turn() {
        next = (next + 1) % ACCOUNTS;
        return next;
    }
}
