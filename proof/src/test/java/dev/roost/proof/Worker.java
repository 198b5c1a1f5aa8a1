package dev.roost.proof;

import dev.roost.core.Account;
import dev.roost.core.Engine;
import dev.roost.core.Node;
import dev.roost.core.RefreshPolicy;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.World;
import dev.roost.store.Database;
import dev.roost.store.RoostStore;
import dev.roost.x.XSettings;
import dev.roost.x.XSignIn;
import dev.roost.x.XTokenEndpoint;
import dev.roost.x.XTransport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * A real process that refreshes random accounts as fast as it can, until it is killed. Arguments: the store
 * ({@code sqlite} or an address of PostgreSQL), the data folder, the address of X, the name of the node, and how many
 * threads refresh; with none, it only does what is due.
 */
final class Worker {
    static final String CLIENT_ID = "proof-app";

    private Worker() {}

    /** How long tokens live while processes are killed: short enough that nobody waits for long for an owner that is gone. */
    static final Duration TOKEN_LIFE = Duration.ofSeconds(12);

    /** How a worker is set up: deadlines short enough that a killed process is followed up within eight seconds. */
    static RefreshPolicy policy() {
        RefreshPolicy usual = RefreshPolicy.DEFAULT;
        return new RefreshPolicy(
                usual.refreshAheadMost(),
                usual.refreshAheadLeast(),
                usual.minRemaining(),
                Duration.ofSeconds(1),
                Duration.ofMillis(1_600),
                Duration.ofMillis(3_200),
                Duration.ofSeconds(1),
                Duration.ofMillis(100),
                Duration.ofSeconds(2),
                usual.spoolAfter(),
                usual.concurrency());
    }

    static Database database(String store, Path folder) {
        return store.equals("sqlite") ? Database.Sqlite.at(folder.resolve("roost.db")) : Database.Postgres.parse(store);
    }

    public static void main(String[] args) {
        Path folder = Path.of(args[1]);
        URI x = URI.create(args[2]);
        InstantSource clock = InstantSource.system();
        Random random = new Random(args[3].hashCode());
        RoostStore store = RoostStore.open(database(args[0], folder), folder.resolve("keyset.json"), clock);
        XSettings settings = new XSettings(
                CLIENT_ID,
                Optional.empty(),
                x.resolve("/i/oauth2/authorize"),
                x,
                policy().connectDeadline(),
                policy().answerDeadline());
        XTransport transport = new XTransport(settings, "proof");
        LossWindow window = new LossWindow();
        Engine engine = Engine.assemble(
                window.watch(store.tokens()),
                store.signIns(),
                window.watch(store.spool(folder.resolve("spool"))),
                window.watch(new XTokenEndpoint(settings, transport, clock, random)),
                new XSignIn(settings, transport, clock),
                policy(),
                World.real(new Node(args[3]), clock, random));
        engine.scheduler().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> engine.stop(Duration.ofSeconds(5))));
        System.out.println("ready");
        int busy = Integer.parseInt(args[4]);
        List<Account> accounts = accounts(engine);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(LockSupport::park);
            for (int i = 0; i < busy; i++) {
                threads.execute(() -> refreshForever(engine, accounts, new Random(random.nextLong())));
            }
        }
    }

    /** A database that many processes of a busy machine ask may let one wait too long; that ends no process of Roost. */
    private static List<Account> accounts(Engine engine) {
        while (true) {
            try {
                return engine.accounts().all(Optional.empty(), 1_000);
            } catch (StoreUnavailableException e) {
                System.err.println("asking for the accounts again: " + e.getMessage());
            }
        }
    }

    private static void refreshForever(Engine engine, List<Account> accounts, Random random) {
        while (!engine.keeper().health().stopping()) {
            var _ = engine.keeper()
                    .refreshNow(accounts.get(random.nextInt(accounts.size())).id());
        }
    }
}
