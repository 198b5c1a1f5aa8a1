package dev.roost.bench.run;

import dev.roost.core.AccountId;
import dev.roost.core.IssuedPair;
import dev.roost.core.Node;
import dev.roost.core.Scopes;
import dev.roost.core.SignedIn;
import dev.roost.core.TokenStore;
import dev.roost.core.XUser;
import dev.roost.store.Database;
import dev.roost.store.RoostStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** How many rotations a second the store takes, beside single-row commits in the same database. */
final class RecordRows {
    /** What {@code Database.Postgres.parse} gives a process. */
    private static final int CONNECTIONS = 10;

    private static final int ON_POSTGRES = 6400;
    private static final int ON_SQLITE = 640;

    private RecordRows() {}

    static List<Figure> postgres(Site site) throws Exception {
        Crowd crowd = site.crowd("recording", ON_POSTGRES);
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(site.postgres().jdbc(crowd.name()));
        List<AccountId> ids =
                IntStream.range(0, crowd.many()).mapToObj(crowd::id).toList();
        try (RoostStore store = crowd.open();
                RawRows raw = RawRows.make(source, "BYTEA", CONNECTIONS, Crew.SIZE, crowd.many())) {
            return compare(site, "rotations recorded, PostgreSQL, 64 at once", store.tokens(), ids, raw);
        }
    }

    static List<Figure> sqlite(Site site) throws Exception {
        Path folder = site.folder("recording-sqlite");
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + folder.resolve("raw.db"));
        try (RoostStore store = RoostStore.open(
                        Database.Sqlite.at(folder.resolve("roost.db")),
                        folder.resolve("keyset.json"),
                        InstantSource.system());
                RawRows raw = RawRows.make(source, "BLOB", 1, 1, ON_SQLITE)) {
            List<AccountId> ids = connect(store.tokens(), ON_SQLITE);
            // Roost's log has its full size by now: appending to a file costs more than writing over it.
            raw.growLog();
            return compare(site, "rotations recorded, SQLite, 64 at once", store.tokens(), ids, raw);
        }
    }

    /** Connects accounts one by one. */
    static List<AccountId> connect(TokenStore store, int many) {
        SecureRandom random = new SecureRandom();
        List<AccountId> ids = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            Instant now = Instant.now();
            ids.add(store.connect(new SignedIn(
                            AccountId.random(random),
                            ScriptedX.CLIENT_ID,
                            new XUser("" + (7_000_000 + i), "user_" + i),
                            new IssuedPair(ScriptedX.pair(), now.plus(ScriptedX.LIFETIME), Scopes.DEFAULT),
                            now.plus(Site.BETWEEN_REFRESHES),
                            now,
                            new Node("bench"),
                            "import"))
                    .id());
        }
        return ids;
    }

    private static List<Figure> compare(Site site, String name, TokenStore store, List<AccountId> ids, RawRows raw)
            throws Exception {
        Recording recording = new Recording(store, ids);
        Rounds<Double> rounds =
                Rounds.of(site.rounds(), List.of(() -> recording.rate(site.round()), () -> raw.rate(site.round())));
        return List.of(rounds.figure(
                name, "/s", 0, "single-row UPDATE … RETURNING, committed", 1, value -> value, Target.atLeast(0.8)));
    }
}
