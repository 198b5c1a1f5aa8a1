package dev.roost.store;

import dev.roost.core.StoreUnavailableException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Notices that the database was restored from a backup, or lost its last commits in a failover. The journal only ever grows;
 * how far it was is remembered outside the database, in this process and in a file. A database that is not so far any more
 * holds refresh tokens that may be spent, so its accounts go into {@link Quarantine}. Until that has happened nothing is
 * spent either: {@link GrantTable#SPENDABLE} names what this process remembers. Safe for many threads.
 */
public final class RestoreWatch {
    private static final Logger LOG = System.getLogger(RestoreWatch.class.getName());
    private static final String IDENTITY = "identity";
    private static final int SHOWN = 12;
    private static final String FOUND =
            "SELECT " + Newest.COLUMNS + " FROM events WHERE id <seenIds> OR id = (SELECT max(id) FROM events)";

    private final SqlGate gate;
    private final Quarantine quarantine;
    private final EpochFile file;
    private final InstantSource clock;
    private final String identity;
    private Newest kept;

    /** Reads what the file says. */
    RestoreWatch(SqlGate gate, Quarantine quarantine, EpochFile file, InstantSource clock) {
        this.gate = gate;
        this.quarantine = quarantine;
        this.file = file;
        this.clock = clock;
        this.identity = identity(gate);
        this.kept = file.of(identity).orElseGet(() -> Newest.none(0));
        if (kept.entry() > 0) {
            gate.epoch().add(kept);
        }
    }

    /** What there is: the newest entry, and the hashes of those that were asked for, by their numbers. */
    private record Found(Newest newest, Map<Long, String> hashes) {}

    /**
     * Looks how far the database is, and remembers it. If it went back, all its accounts are put into quarantine, by the first
     * process that sees it. Cheap: reads the newest entry of the journal, and those that this process has just written.
     *
     * @throws StoreUnavailableException if the database does not answer: nothing is known then; or if it cannot put its accounts
     *     into quarantine, which the log says: nothing is spent until the next look
     */
    public synchronized void look() {
        Epoch.Seen seen = gate.epoch().seen();
        Found found = gate.read(handle -> find(handle, seen));
        Optional<String> why = found.newest().restores() > seen.restores() ? Optional.empty() : goneBack(seen, found);
        why.ifPresentOrElse(reason -> begin(reason, seen), () -> gate.epoch().replace(seen.entries(), found.newest()));
        keep();
    }

    private Optional<String> goneBack(Epoch.Seen seen, Found found) {
        return Stream.concat(seen.entries().stream(), Stream.of(Newest.none(seen.restores())))
                .flatMap(entry -> entry
                        .goneBack(
                                found.newest(),
                                Optional.ofNullable(found.hashes().get(entry.entry())),
                                clock.instant())
                        .stream())
                .findFirst();
    }

    /** Puts all accounts into quarantine because somebody says that the database was restored. */
    public synchronized void restored() {
        look();
        begin("somebody said so", gate.epoch().seen());
        keep();
    }

    private void begin(String why, Epoch.Seen seen) {
        boolean first;
        try {
            first = gate.writeAtLength(handle -> quarantine.begin(handle, why, seen.restores(), clock.instant()));
        } catch (StoreUnavailableException e) {
            LOG.log(
                    Level.ERROR,
                    "the database was restored from a backup ({0}), and its accounts could not be put into quarantine"
                            + " ({1}). This process sends none of their refresh tokens, and tries again",
                    why,
                    e.getMessage());
            throw e;
        }
        if (first) {
            LOG.log(
                    Level.ERROR,
                    "the database was restored from a backup ({0}): refresh tokens in it may be spent already, so none of"
                            + " them is sent until somebody decides. See: roost quarantine show",
                    why);
        }
        gate.epoch()
                .replace(seen.entries(), gate.read(handle -> find(handle, seen)).newest());
    }

    private Found find(Handle handle, Epoch.Seen seen) {
        List<Newest> rows = handle.createQuery(gate.dialect().sql(FOUND))
                .bind("seenIds", seen.numbers())
                .map((row, _) -> Newest.read(row, 0))
                .list();
        // Asked after the journal: who restored it tells the count before the accounts are free again.
        long restores = Quarantine.restores(handle);
        Newest newest = new Epoch.Seen(restores, rows).newest();
        return new Found(
                new Newest(restores, newest.entry(), newest.at(), newest.hash()),
                rows.stream().collect(Collectors.toMap(Newest::entry, Newest::hash)));
    }

    private void keep() {
        Newest seen = gate.epoch().seen().newest();
        if (seen.equals(kept)) {
            return;
        }
        try {
            file.keep(identity, seen);
            kept = seen;
        } catch (IOException e) {
            LOG.log(
                    Level.ERROR,
                    "the file {0} cannot be written ({1}): if the database is restored while no process runs, nobody"
                            + " notices. Make it writable for this user",
                    file.path(),
                    e.toString());
        }
    }

    /** Made of what was sealed when the database was made, so a backup from before this existed has the same one. */
    private static String identity(SqlGate gate) {
        Optional<String> known = gate.read(handle -> Meta.value(handle, IDENTITY));
        return known.orElseGet(() -> gate.write(handle -> {
            Meta.keep(
                    handle,
                    IDENTITY,
                    digest(Meta.value(handle, KeysetCheck.SEALED).orElseThrow()));
            return Meta.value(handle, IDENTITY).orElseThrow();
        }));
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, SHOWN);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
