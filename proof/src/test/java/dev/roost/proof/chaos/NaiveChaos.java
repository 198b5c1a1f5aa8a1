package dev.roost.proof.chaos;

import dev.roost.core.AccountId;
import dev.roost.core.XUser;
import dev.roost.simulator.Ledger;
import dev.roost.simulator.Simulator;
import dev.roost.testkit.NaiveKeeper;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** The naive keeper under a plan, as the baseline: a harness that finds nothing lost here could not find anything. */
final class NaiveChaos {
    private final Path folder;
    private final Plan plan;
    private final Tally tally = new Tally();
    private final Disturbances disturbances = new Disturbances();

    NaiveChaos(Path folder, Plan plan) {
        this.folder = folder;
        this.plan = plan;
    }

    /**
     * What became of it.
     *
     * @param rotations how often a refresh token was spent
     * @param lost how many of the grants X ended, for the kept refresh token is spent
     * @param needlessly how many of these though the answer came to a process that lived on, and was dropped there
     */
    record Finding(int rotations, int lost, int needlessly, String text) {}

    Finding run() throws Exception {
        try (ChaosDatabase database = new ChaosDatabase(folder);
                Simulator x = Simulator.start()) {
            database.create("naive");
            x.addApp(Scale.CLIENT_ID, null, "http://127.0.0.1:3001/auth/twitter/callback");
            x.switches().tokenLifetime(Scale.TOKEN_LIFE);
            FleetNode.Site site =
                    new FleetNode.Site(database.port(), "naive", x.uri().getPort(), folder.resolve("none"), "");
            NaiveKeeper keeper = keeper(database, x.uri());
            keeper.prepare();
            List<Person> people = new ArrayList<>();
            for (int i = 0; i < Scale.ACCOUNTS; i++) {
                people.add(add(keeper, x, new XUser(Integer.toString(100_000 + i), "user" + i)));
            }
            FleetNode.Build build =
                    new FleetNode.Build(NaiveMain.class.getName(), System.getProperty("java.class.path"));
            try (Fleet fleet = new Fleet(List.of(build, build, build), folder, site, tally)) {
                return play(database, x, fleet, keeper, people);
            }
        }
    }

    private Finding play(ChaosDatabase database, Simulator x, Fleet fleet, NaiveKeeper keeper, List<Person> people)
            throws Exception {
        try (Balancer balancer = new Balancer(fleet, "none");
                Callers callers = new Callers(people, balancer, x, disturbances, tally)) {
            callers.start(8, 0);
            new Actor(fleet, database, x, disturbances, tally).perform(plan);
        }
        fleet.heal();
        x.dropFaults();
        fleet.awaitReady();
        var _ = fleet.stop();
        Set<String> dropped = fleet.nodes().stream()
                .flatMap(node -> node.logged().stream())
                .filter(line -> line.contains(NaiveKeeper.DROPPED))
                .map(line -> line.substring(0, line.indexOf(':')))
                .collect(Collectors.toSet());
        return judge(x.ledger(), dropped, keeper, people);
    }

    private Finding judge(Ledger ledger, Set<String> dropped, NaiveKeeper keeper, List<Person> people)
            throws SQLException {
        int lost = 0;
        int needlessly = 0;
        for (Person person : people) {
            String id = person.id().toString();
            boolean live = ledger.liveRefreshToken(
                            Scale.CLIENT_ID, person.user().id())
                    .filter(keeper.row(id).refresh()::equals)
                    .isPresent();
            lost += live ? 0 : 1;
            needlessly += !live && dropped.contains(id) ? 1 : 0;
        }
        String text = String.format(
                "naive keeper, seed %d, %d s of the same plan: %d rotations, %d of %d grants lost, of these %d though the"
                        + " answer came to a process that lived on and dropped it; reads: %d, answered with a token that X accepts: %d%n",
                plan.seed(),
                plan.length().toSeconds(),
                ledger.rotations(),
                lost,
                people.size(),
                needlessly,
                tally.sum("read: "),
                tally.of(Callers.READ_OK));
        return new Finding(ledger.rotations(), lost, needlessly, text);
    }

    private static NaiveKeeper keeper(ChaosDatabase database, URI x) {
        String address = "postgresql://127.0.0.1:" + database.port() + "/naive";
        return NaiveMain.keeper(NaiveMain.source(address), x, new TurnedClock());
    }

    /** Its first refresh falls anywhere into the first ten seconds. */
    private static Person add(NaiveKeeper keeper, Simulator x, XUser user) throws SQLException {
        x.addUser(user.id(), user.username());
        dev.roost.simulator.IssuedPair pair = x.issue(Scale.CLIENT_ID, user.id());
        Person person = new Person(AccountId.random(new Random()), user);
        Instant expiresAt = Instant.now()
                .plus(Scale.TOKEN_LIFE)
                .minusMillis(ThreadLocalRandom.current()
                        .nextLong(Duration.ofSeconds(10).toMillis()));
        keeper.add(person.id().toString(), new NaiveKeeper.Row(pair.accessToken(), pair.refreshToken(), expiresAt));
        return person;
    }
}
