package dev.roost.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * What this process knows of the journal: the newest entry that it saw, and each that it wrote since, until a later transaction
 * has found all of them in place. If one is missing, the database went back, even if it has grown past it. Safe for many
 * threads.
 */
final class Epoch {
    /**
     * The condition that the database has all that this process knows of, and was not restored behind the last restore that it
     * knows of; to be completed by {@link Dialect#sql} and bound by {@link Seen#bindTo}.
     */
    static final String STANDS = "(coalesce((SELECT max(id) FROM events), 0) >= :epoch"
            + " AND (SELECT count(*) FROM events WHERE id <seenIds> AND coalesce(hash, '-') <seenHashes>) = :seenCount"
            + " AND coalesce((SELECT CAST(value AS BIGINT) FROM meta WHERE name = 'restores'), 0) >= :restores)";

    private final AtomicReference<Seen> seen = new AtomicReference<>(new Seen(0, List.of()));

    /**
     * What was known at a moment.
     *
     * @param restores how often the database was found to be restored
     * @param entries which all must be there
     */
    record Seen(long restores, List<Newest> entries) {
        /** Returns the newest of the entries. */
        Newest newest() {
            return entries.stream().max(Comparator.comparingLong(Newest::entry)).orElseGet(() -> Newest.none(restores));
        }

        /** Binds what {@link #STANDS} asks for; an entry that may have been deleted for its age need not be there. */
        <S extends SqlStatement<S>> S bindTo(S statement, Instant now) {
            List<Newest> kept =
                    entries.stream().filter(entry -> entry.isKept(now)).toList();
            return statement
                    .bind("epoch", newest().entry())
                    .bind("seenIds", numbers(kept))
                    .bind("seenHashes", kept.stream().map(Newest::hash).collect(Collectors.joining(",")))
                    .bind("seenCount", (long) kept.size())
                    .bind("restores", restores);
        }

        /** Returns the numbers of all entries as statements take them. */
        String numbers() {
            return numbers(entries);
        }

        private static String numbers(List<Newest> entries) {
            return entries.stream().map(entry -> Long.toString(entry.entry())).collect(Collectors.joining(","));
        }

        private Seen with(List<Newest> less, Newest more) {
            // Two of one number and different hashes stay both: they prove that the database went back.
            List<Newest> all = new ArrayList<>(entries);
            all.removeAll(less);
            if (!all.contains(more)) {
                all.add(more);
            }
            return new Seen(restores, List.copyOf(all));
        }
    }

    Seen seen() {
        return seen.get();
    }

    /** Notes an entry that must be there from now on, beside the others. */
    void add(Newest entry) {
        replace(List.of(), entry);
    }

    /** Notes an entry that was found by a statement that also found all those in their places: it stands for them. */
    void replace(List<Newest> found, Newest entry) {
        seen.updateAndGet(now -> {
            if (entry.restores() == now.restores()) {
                return now.with(found, entry);
            }
            // After a restore only what was found since counts.
            return entry.restores() > now.restores() ? new Seen(entry.restores(), List.of(entry)) : now;
        });
    }

    /**
     * Notes an entry as soon as the transaction that wrote it is durable.
     *
     * @param before what was known when the statement ran that found the entry
     * @param stood whether that statement found {@link #STANDS}
     */
    void wrote(Handle handle, Seen before, Newest entry, boolean stood) {
        var _ = handle.afterCommit(() -> replace(stood ? before.entries() : List.of(), entry));
    }
}
