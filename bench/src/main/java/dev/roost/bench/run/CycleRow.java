package dev.roost.bench.run;

import dev.roost.core.RefreshPolicy;
import dev.roost.store.RoostStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Whole cycles of the real scheduler with an X that answers at once, beside db-scheduler with tasks that do nothing. */
final class CycleRow {
    private static final int ACCOUNTS = 60_000;
    /** So far apart are the clocks of two rounds that all accounts are due again. */
    static final Duration ALL_DUE = Duration.ofHours(2);

    private CycleRow() {}

    static List<Figure> measure(Site site) throws Exception {
        Crowd crowd = site.crowd("fleet", ACCOUNTS);
        Path spool = site.folder("cycle-spool");
        try (RoostStore store = crowd.open();
                Tasks tasks = Tasks.make(site.postgres(), ACCOUNTS)) {
            Tasks.Setting best = tasks.best(site.round().dividedBy(2));
            site.note("db-scheduler did best, of " + Tasks.SETTINGS.size() + " settings, with " + best);
            Rounds<Double> rounds = Rounds.of(
                    site.rounds(),
                    List.of(() -> roost(site, crowd, store, spool), () -> tasks.rate(best, site.round())));
            return List.of(rounds.figure(
                    "whole cycles due → claimed → X (instant) → recorded",
                    "/s",
                    0,
                    "db-scheduler, lock-and-fetch, no-op",
                    1,
                    value -> value,
                    Target.atLeast(1)));
        }
    }

    private static double roost(Site site, Crowd crowd, RoostStore store, Path spool) throws InterruptedException {
        Duration ahead = site.turn(crowd, ALL_DUE);
        int concurrency = RefreshPolicy.DEFAULT.concurrency();
        try (Cycle cycle = new Cycle(store, spool, new ScriptedX(Duration.ZERO), ahead, concurrency)) {
            return cycle.rate(site.round(), crowd.many());
        }
    }
}
