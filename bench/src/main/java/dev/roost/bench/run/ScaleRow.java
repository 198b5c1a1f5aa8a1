package dev.roost.bench.run;

import dev.roost.core.RefreshPolicy;
import dev.roost.store.RoostStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What a rotation costs among a million accounts, beside one among ten thousand. */
final class ScaleRow {
    private static final int FEW = 10_000;
    /** Of a million accounts, 90,000 are due in ten minutes. */
    private static final Duration STEP = Duration.ofMinutes(10);

    private ScaleRow() {}

    /**
     * A round.
     *
     * @param micros what a rotation took of the time
     * @param log what it added to PostgreSQL's log, in bytes
     */
    private record Cost(double micros, double log) {}

    static List<Figure> measure(Site site) throws Exception {
        Crowd many = million(site);
        Crowd few = site.crowd("few", FEW);
        site.note(sizes(many));
        Path spool = site.folder("scale-spool");
        try (RoostStore manyStore = many.open();
                RoostStore fewStore = few.open()) {
            Rounds<Cost> rounds = Rounds.of(
                    site.rounds(),
                    List.of(
                            () -> cost(site, many, manyStore, spool, STEP),
                            () -> cost(site, few, fewStore, spool, CycleRow.ALL_DUE)));
            site.note(String.format(
                    Locale.ROOT,
                    "a rotation adds %,.0f bytes to PostgreSQL's log among %,d accounts, %,.0f among %,d (pages written"
                            + " whole after a checkpoint included)",
                    Figure.median(rounds.of(0, Cost::log)),
                    many.many(),
                    Figure.median(rounds.of(1, Cost::log)),
                    few.many()));
            String name = String.format(Locale.ROOT, "a rotation's share of time among %,d accounts", many.many());
            return List.of(rounds.figure(name, "µs", 0, "among 10,000 accounts", 1, Cost::micros, Target.atMost(1.2)));
        }
    }

    static Crowd million(Site site) throws Exception {
        return site.crowd("many", site.isQuick() ? 100_000 : 1_000_000);
    }

    private static Cost cost(Site site, Crowd crowd, RoostStore store, Path spool, Duration step) throws Exception {
        int concurrency = RefreshPolicy.DEFAULT.concurrency();
        Duration ahead = site.turn(crowd, step);
        try (Cycle cycle = new Cycle(store, spool, new ScriptedX(Duration.ZERO), ahead, concurrency)) {
            long before = site.postgres().written();
            double due = Math.min(1, (double) step.toMillis() / Site.BETWEEN_REFRESHES.toMillis()) * crowd.many();
            double rate = cycle.rate(site.round(), (long) (due * 0.9));
            long log = site.postgres().written() - before;
            return new Cost(1e6 / rate, (double) log / cycle.rotated());
        }
    }

    private static String sizes(Crowd crowd) throws SQLException {
        String sql = "SELECT string_agg(relname || ' ' || pg_relation_size(oid) / MANY || ' and ' ||"
                + " pg_indexes_size(oid) / MANY || ' in indexes', ', ' ORDER BY relname) FROM pg_class"
                + " WHERE relname IN ('accounts', 'grants') AND relkind = 'r'";
        return "bytes for each of " + crowd.many() + " accounts before its first refresh: "
                + crowd.server().ask(crowd.name(), sql.replace("MANY", "" + crowd.many()));
    }
}
