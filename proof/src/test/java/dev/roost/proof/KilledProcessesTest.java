package dev.roost.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccessToken;
import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import dev.roost.core.IssuedPair;
import dev.roost.core.LossCause;
import dev.roost.core.Node;
import dev.roost.core.RefreshToken;
import dev.roost.core.Scopes;
import dev.roost.core.SignedIn;
import dev.roost.core.Spool;
import dev.roost.core.TokenPair;
import dev.roost.core.XUser;
import dev.roost.simulator.Simulator;
import dev.roost.store.RoostStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two real processes on one store, refreshing twenty accounts as fast as they can while one of them is killed at random
 * again and again. The ledger judges. A grant may be lost only in the window of property (e), and then says so.
 */
class KilledProcessesTest {
    private static final int ACCOUNTS = 20;
    /** {@code proof/repeat} asks for twice as many; in the build, chaos kills processes as well. */
    private static final int ROTATIONS = Integer.getInteger("roost.killed.rotations", 1_000);

    private static final int KILLS = ROTATIONS / 200;
    private static final int KILL_EVERY = 190;
    private static final int USUAL_LIFE = 40;
    private static final int BUSY = 6;

    private final InstantSource clock = InstantSource.system();
    private final Random random = new Random();
    private final Queue<Long> windows = new ConcurrentLinkedQueue<>();
    private final Set<String> killed = new HashSet<>();
    private final Deque<WorkerProcess> workers = new ArrayDeque<>();
    private int started;
    private int lost;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = StoreKind.class,
            names = {"SQLITE", "POSTGRES"})
    void losesNothingThatAnyClientCouldHaveSaved(StoreKind kind) throws Exception {
        String address = kind == StoreKind.SQLITE ? "sqlite" : EmbeddedServer.newDatabase();
        try (Simulator x = Simulator.start();
                RoostStore store =
                        RoostStore.open(Worker.database(address, folder), folder.resolve("keyset.json"), clock)) {
            x.switches().tokenLifetime(Worker.TOKEN_LIFE);
            x.addApp(Worker.CLIENT_ID, null, "http://127.0.0.1:3001/auth/twitter/callback");
            for (int i = 0; i < ACCOUNTS; i++) {
                x.addUser(Integer.toString(1_000 + i), "user" + i);
                connect(x, store, new XUser(Integer.toString(1_000 + i), "user" + i));
            }
            try {
                killUntilEnough(x, store, address);
                stopAll();
                start(x, address, 0);
                settle(x, store);
            } finally {
                stopAll();
            }
            Judge.Finding finding = new Judge(store.tokens(), x.ledger(), Worker.CLIENT_ID).judge();
            assertThat(finding.lost())
                    .as("lost and signed in again, each reported before")
                    .isZero();
            store.logProof()
                    .all(log -> assertThat(log.broken())
                            .as("the log of %s, whoever was killed while writing it", log.username())
                            .isEmpty());
            Canary.of(x.ledger()).assertAbsentFrom(folder);
            report(kind, finding);
        }
    }

    private void killUntilEnough(Simulator x, RoostStore store, String address) throws Exception {
        start(x, address, BUSY);
        start(x, address, BUSY);
        int next = KILL_EVERY;
        while (x.ledger().rotations() < ROTATIONS || killed.size() < KILLS) {
            int killAt = next + random.nextInt(USUAL_LIFE);
            Waiting.until("rotations reach " + killAt, () -> {
                signInAgain(x, store);
                return x.ledger().rotations() >= killAt;
            });
            WorkerProcess victim = workers.removeFirst();
            victim.kill();
            killed.add(victim.node());
            start(x, address, BUSY);
            next += KILL_EVERY;
        }
    }

    private void stopAll() throws InterruptedException {
        while (!workers.isEmpty()) {
            assertThat(workers.removeFirst().stop())
                    .withFailMessage(() -> "a stopped worker did not end by SIGTERM; what they wrote:\n" + endOfLog())
                    .isEqualTo(143);
        }
    }

    private String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("workers.log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (IOException e) {
            return "nothing that can be read";
        }
    }

    private void start(Simulator x, String address, int threads) throws Exception {
        WorkerProcess worker = new WorkerProcess(
                "w" + ++started, threads, address, folder, x.uri().toString(), folder.resolve("workers.log"), windows);
        workers.addLast(worker);
        worker.awaitReady();
    }

    /** Waits until every account that was left open by a kill is decided, and every spooled answer is recorded. */
    private void settle(Simulator x, RoostStore store) {
        x.switches().tokenLifetime(Duration.ofHours(2));
        Spool spool = store.spool(folder.resolve("spool"));
        Waiting.until("all accounts are decided", () -> {
            signInAgain(x, store);
            return spool.entries().isEmpty() && accounts(store).stream().allMatch(this::isDecided);
        });
    }

    /** A dead process's account reads as active while its lease lasts, but is due before long. */
    private boolean isDecided(Account account) {
        return account.state() instanceof AccountState.Active active
                && active.nextRefreshAt().isAfter(clock.instant().plusSeconds(60));
    }

    /** What a person does when told to. What they are told is checked first. */
    private void signInAgain(Simulator x, RoostStore store) {
        for (Account account : accounts(store)) {
            if (account.state() instanceof AccountState.NeedsReauthorization gone) {
                assertThat(gone.cause())
                        .isInstanceOfSatisfying(
                                LossCause.AnswerLost.class,
                                cause -> assertThat(killed)
                                        .as("the node named for the lost answer was killed")
                                        .contains(cause.node()));
                lost++;
                connect(x, store, account.user());
            }
        }
    }

    private static List<Account> accounts(RoostStore store) {
        return store.tokens().accounts(Worker.CLIENT_ID, Optional.empty(), ACCOUNTS);
    }

    private void connect(Simulator x, RoostStore store, XUser user) {
        dev.roost.simulator.IssuedPair issued = x.issue(Worker.CLIENT_ID, user.id());
        Instant now = clock.instant();
        store.tokens()
                .connect(new SignedIn(
                        AccountId.random(random),
                        Worker.CLIENT_ID,
                        user,
                        new IssuedPair(
                                new TokenPair(
                                        AccessToken.of(issued.accessToken()), RefreshToken.of(issued.refreshToken())),
                                now.plus(x.switches().tokenLifetime()),
                                Scopes.DEFAULT),
                        now.plus(x.switches().tokenLifetime().dividedBy(2)),
                        now,
                        new Node("setup"),
                        "sign-in"));
    }

    private void report(StoreKind kind, Judge.Finding finding) throws IOException {
        List<Long> sorted = new ArrayList<>(windows);
        sorted.sort(null);
        String line = String.format(
                "%s: %d rotations, %d kills, %d grants lost in the window of (e), each reported as such;"
                        + " window from X's answer to durable ground: p50 %.2f ms, p99 %.2f ms, longest %.2f ms%n",
                kind,
                finding.rotations(),
                killed.size(),
                lost,
                millis(sorted, 0.5),
                millis(sorted, 0.99),
                millis(sorted, 1));
        System.out.print(line);
        Files.writeString(Path.of("target", "killed-processes-" + kind + ".txt"), line);
    }

    private static double millis(List<Long> sorted, double quantile) {
        return sorted.get((int) Math.round((sorted.size() - 1) * quantile)) / 1e6;
    }
}
