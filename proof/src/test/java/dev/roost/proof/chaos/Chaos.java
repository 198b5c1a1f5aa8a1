package dev.roost.proof.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.AccountState;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.XUser;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.KeyScope;
import dev.roost.proof.Canary;
import dev.roost.simulator.Ledger;
import dev.roost.simulator.LedgerPost;
import dev.roost.simulator.LedgerRequest;
import dev.roost.simulator.Simulator;
import dev.roost.store.Database;
import dev.roost.store.RoostStore;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Roost under a plan: set up, broken as planned, healed, and judged. */
final class Chaos {
    private static final Duration CALM_LIFE = Duration.ofHours(2);

    /** A machine that builds something else as well may need this long; all pauses before a retry are shorter. */
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    private final Path folder;
    private final List<FleetNode.Build> builds;
    private final Plan plan;
    private final Tally tally = new Tally();
    private final Disturbances disturbances = new Disturbances();

    /**
     * Prepares one.
     *
     * @param folder an empty one
     * @param builds what each node runs
     */
    Chaos(Path folder, List<FleetNode.Build> builds, Plan plan) {
        this.folder = folder;
        this.builds = builds;
        this.plan = plan;
    }

    /** The nodes of this build. */
    static List<FleetNode.Build> thisBuild() {
        FleetNode.Build build = new FleetNode.Build(NodeMain.class.getName(), System.getProperty("java.class.path"));
        return List.of(build, build, build);
    }

    /** Runs it, and returns what to print; throws an assertion error for a broken promise. */
    String run() throws Exception {
        try (ChaosDatabase database = new ChaosDatabase(folder);
                Simulator x = Simulator.start()) {
            database.create("chaos");
            x.addApp(Scale.CLIENT_ID, Scale.CLIENT_SECRET, "http://127.0.0.1:3001/auth/twitter/callback");
            // X would refuse the second of two equal posts, and nobody would see that Roost sent it.
            x.switches().tokenLifetime(Scale.TOKEN_LIFE).equalTextsTaken(true);
            Path keyset = folder.resolve("keyset.json");
            String address = "postgresql://postgres:postgres@127.0.0.1:" + database.port() + "/chaos";
            FleetNode.Site site =
                    new FleetNode.Site(database.port(), "chaos", x.uri().getPort(), keyset, Scale.CLIENT_SECRET);
            try (Fleet fleet = new Fleet(builds, folder, site, tally)) {
                try (RoostStore store =
                        RoostStore.open(Database.Postgres.parse(address), keyset, InstantSource.system())) {
                    return play(database, x, fleet, store);
                } catch (Exception | AssertionError e) {
                    System.err.println(failure(fleet));
                    throw e;
                }
            }
        }
    }

    private String play(ChaosDatabase database, Simulator x, Fleet fleet, RoostStore store) throws Exception {
        // Before anybody is signed in: the nodes serve already, and refresh what is due at once.
        Sends sends = new Sends();
        fleet.nodes().forEach(node -> sends.hear(node.name(), node.line(Act.Line.X)));
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < Scale.ACCOUNTS; i++) {
            people.add(SignIns.first(store, x, new XUser(Integer.toString(100_000 + i), "user" + i)));
        }
        String key = new ApiKeys(store.apiKeys(), InstantSource.system(), new SecureRandom())
                .create("chaos", Set.of(KeyScope.ADMIN), Set.of(), 0)
                .secret()
                .expose();
        SignIns signIns = new SignIns(store, x, fleet, disturbances, sends, tally, people);
        try (Balancer balancer = new Balancer(fleet, key)) {
            Callers callers = new Callers(people, balancer, x, disturbances, tally);
            long begin = System.nanoTime();
            try (callers;
                    ExecutorService watch = Executors.newVirtualThreadPerTaskExecutor()) {
                callers.start(8, 2);
                var acting = watch.submit(() -> new Actor(fleet, database, x, disturbances, tally).perform(plan));
                while (!acting.isDone()) {
                    signIns.round();
                    LockSupport.parkNanos(200_000_000);
                }
                acting.get();
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            int spent = x.ledger().rotations();
            settle(x, fleet, store, signIns, balancer);
            List<Integer> codes = fleet.stop();
            signIns.round();
            Report report =
                    new Report(plan, tally, took, spent, x.ledger().posts().size(), duplicates(x.ledger(), callers));
            assertThat(unheard(x.ledger(), sends))
                    .as("refreshes that came to X unheard by the proxies, whose loss nobody could judge")
                    .isEmpty();
            judge(x, store, signIns, codes, report);
            return report.text(Verdict.of(store.tokens(), x.ledger()));
        }
    }

    /** Heals everything, and waits until every account was refreshed once more in peace; then its kept grant is known good. */
    private void settle(Simulator x, Fleet fleet, RoostStore store, SignIns signIns, Balancer balancer) {
        fleet.heal();
        x.dropFaults();
        x.switches().tokenLifetime(CALM_LIFE);
        fleet.awaitReady();
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<Account> open = open(store);
        while (!open.isEmpty() || fleet.spooled() > 0) {
            assertThat(System.nanoTime())
                    .as(
                            "%s after all was healed, seed %d, %d answers are in spools and these accounts are undecided:%n%s",
                            PATIENCE, plan.seed(), fleet.spooled(), undecided(store, open))
                    .isLessThan(end);
            signIns.round();
            try (ExecutorService hands = Executors.newFixedThreadPool(16)) {
                open.forEach(account -> hands.execute(() -> refresh(balancer, account)));
            }
            open = open(store);
        }
    }

    private static String undecided(RoostStore store, List<Account> open) {
        return open.stream()
                .limit(5)
                .map(account -> account + "\n"
                        + store.tokens().events(account.id(), 6).stream()
                                .map(event -> "    " + event + "\n")
                                .collect(Collectors.joining()))
                .collect(Collectors.joining());
    }

    private static void refresh(Balancer balancer, Account account) {
        Duration patience = Duration.ofSeconds(10);
        var _ = balancer.ask("/v1/accounts/" + account.id() + "/refresh", patience, patience, Chaos::nothing);
    }

    private static HttpRequest.Builder nothing(HttpRequest.Builder request) {
        return request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString("{}"));
    }

    private static List<Account> open(RoostStore store) {
        Instant calm = Instant.now().plus(CALM_LIFE.dividedBy(2));
        try {
            return store.tokens().accounts(Scale.CLIENT_ID, Optional.empty(), 100_000).stream()
                    .filter(account -> !(account.state() instanceof AccountState.Active)
                            || account.accessExpiresAt().isBefore(calm))
                    .toList();
        } catch (StoreUnavailableException e) {
            throw new IllegalStateException("the database is away though everything is healed", e);
        }
    }

    private static List<LedgerRequest> unheard(Ledger ledger, Sends sends) {
        return ledger.requests().stream()
                .filter(request -> request.grantType().equals("refresh_token"))
                .filter(request -> sends.of(request.presented()).isEmpty())
                .toList();
    }

    /** The text of a post is its Idempotency-Key, and another post may have it only if Roost sent it again. */
    private static long duplicates(Ledger ledger, Callers callers) {
        long published = ledger.posts().size();
        long distinct = ledger.posts().stream().map(LedgerPost::text).distinct().count();
        Set<String> ids = ledger.posts().stream()
                .map(post -> post.text() + " " + post.id())
                .collect(Collectors.toSet());
        callers.confirmed()
                .forEach((text, id) -> assertThat(ids)
                        .as("what Roost calls a published post is one")
                        .contains(text + " " + id));
        return published - distinct;
    }

    private void judge(Simulator x, RoostStore store, SignIns signIns, List<Integer> codes, Report report)
            throws IOException {
        assertThat(signIns.violations())
                .as("(e) grants lost for a cause that a client can help, seed %d", plan.seed())
                .isEmpty();
        assertThat(codes).as("every node ends by SIGTERM").containsOnly(143);
        assertThat(report.duplicates()).as("posts published twice").isZero();
        assertThat(tally.of("chaos itself failed"))
                .as("the harness works: %s", tally.notes())
                .isZero();
        store.logProof()
                .all(log -> assertThat(log.broken())
                        .as("the log of %s, whoever was killed while writing it", log.username())
                        .isEmpty());
        Canary canary = Canary.of(x.ledger()).and(List.of(Scale.CLIENT_SECRET));
        for (String node : Fleet.NAMES) {
            Path log = folder.resolve(node + ".log");
            canary.assertAbsentFrom(log.toString(), Files.readString(log));
            canary.assertAbsentFrom(folder.resolve(node));
        }
    }

    /** Keeps what the nodes wrote, and tells the end of it. */
    private String failure(Fleet fleet) throws IOException {
        Path kept = Files.createDirectories(Path.of("target", "chaos-logs"));
        for (String node : Fleet.NAMES) {
            String log = node + ".log";
            Files.copy(folder.resolve(log), kept.resolve(log), StandardCopyOption.REPLACE_EXISTING);
        }
        return "chaos failed with seed " + plan.seed() + "; -Droost.chaos.seed=" + plan.seed()
                + " plans the same again\n" + tally.listed("") + "\n" + tally.notes() + fleet.endOfLogs();
    }
}
