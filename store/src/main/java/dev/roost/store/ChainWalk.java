package dev.roost.store;

import dev.roost.core.AccountId;
import dev.roost.store.LogProof.Break;
import dev.roost.store.LogProof.Kind;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Goes through the chain of one account, entry by entry, from its base to its head. */
final class ChainWalk {
    private static final int AT_ONCE = 1000;
    /** How often the base may move while one looks: it moves once an hour. */
    private static final int TRIES = 5;

    private static final String ENTRIES = "SELECT " + EntryRow.COLUMNS
            + " FROM events WHERE account_id = :account AND sequence > :after ORDER BY sequence LIMIT " + AT_ONCE;
    private static final String HEAD = """
            SELECT sequence AS head_sequence, hash AS head_hash FROM event_heads WHERE account_id = :account
            """;

    private final Handle handle;
    private final ChainKey key;
    private final AccountId account;
    private final LogBase base;
    private long last;
    private String hash;
    private Optional<Break> broken = Optional.empty();

    private ChainWalk(Handle handle, ChainKey key, AccountId account) {
        this.handle = handle;
        this.key = key;
        this.account = account;
        this.base = LogBase.of(handle, account);
        this.last = base.sequence();
        this.hash = base.hash();
    }

    /** Goes through it while others may append to it, and delete what is old. */
    static ChainWalk through(Handle handle, ChainKey key, AccountId account) {
        ChainWalk walk = new ChainWalk(handle, key, account);
        walk.go();
        for (int i = 1; i < TRIES && walk.isOvertaken(); i++) {
            walk = new ChainWalk(handle, key, account);
            walk.go();
        }
        return walk;
    }

    LogBase base() {
        return base;
    }

    /** Returns the place of the newest entry that was proven. */
    long last() {
        return last;
    }

    /** Returns the hash of that entry. */
    String hash() {
        return hash;
    }

    Optional<Break> broken() {
        return broken;
    }

    private boolean isOvertaken() {
        return broken.isPresent() && !LogBase.of(handle, account).equals(base);
    }

    private void go() {
        if (!base.isGenuine(key, account)) {
            fail(
                    base.sequence(),
                    Kind.BASE,
                    "what says that the entries up to " + base.sequence()
                            + " were deleted by age was not written by Roost");
            return;
        }
        // The head is read after the entries: it can only have moved on since, and then more entries are there next
        // time.
        long wanted = 0;
        boolean more = true;
        while (broken.isEmpty() && more) {
            goThroughEntries();
            more = broken.isEmpty() && !endsAtHead(wanted);
            wanted = last + 1;
        }
    }

    private void goThroughEntries() {
        List<EntryRow.Found> rows;
        do {
            rows = entries();
            for (EntryRow.Found row : rows) {
                if (broken.isPresent()) {
                    return;
                }
                check(row, rows);
            }
        } while (rows.size() == AT_ONCE && broken.isEmpty());
    }

    private List<EntryRow.Found> entries() {
        return handle.createQuery(ENTRIES)
                .bind("account", account.value())
                .bind("after", last == base.sequence() ? 0 : last)
                .map((row, _) -> EntryRow.Found.read(row))
                .list();
    }

    private void check(EntryRow.Found row, List<EntryRow.Found> others) {
        long next = last + 1;
        if (row.sequence() < next) {
            fail(
                    row.sequence(),
                    Kind.BASE,
                    "entry " + row.sequence() + " is there, though the entries up to " + base.sequence()
                            + " were deleted by age");
        } else if (row.sequence() > next) {
            fail(next, Kind.MISSING, "entry " + next + " is missing; the next that is there is " + row.sequence());
        } else if (row.row().filter(this::follows).isPresent()) {
            last = next;
            hash = row.row().orElseThrow().hash();
        } else {
            explain(next, others);
        }
    }

    private boolean follows(EntryRow row) {
        return key.hash(hash, last + 1, row.entry()).equals(row.hash());
    }

    private void explain(long next, List<EntryRow.Found> others) {
        Optional<EntryRow> moved = others.stream()
                .flatMap(found -> found.row().stream())
                .filter(this::follows)
                .findFirst();
        if (moved.isPresent()) {
            fail(
                    next,
                    Kind.MOVED,
                    "entry " + next + " stands at place " + moved.get().sequence() + ": the order was changed");
        } else {
            fail(
                    next,
                    Kind.CHANGED,
                    "entry " + next + ", or its hash, is not what Roost wrote: it was changed or put in");
        }
    }

    /**
     * Returns false when the head has moved on while one looked.
     *
     * @param wanted the entry that must be there, for the head had moved on to it before one looked
     */
    private boolean endsAtHead(long wanted) {
        Optional<Journal.Head> found = handle.createQuery(HEAD)
                .bind("account", account.value())
                .map((row, _) -> Journal.Head.read(row))
                .findOne();
        Journal.Head head = found.orElseGet(() -> new Journal.Head(0, ChainKey.START));
        if (head.sequence() > last) {
            if (last >= wanted) {
                return false;
            }
            fail(last + 1, Kind.MISSING, "entry " + (last + 1) + " is missing; the head stands at " + head.sequence());
        } else if (head.sequence() < last) {
            String stands = found.isPresent() ? "stands behind, at " + head.sequence() : "is missing";
            fail(last, Kind.HEAD, "the head " + stands + "; the newest entry is " + last);
        } else if (!head.hash().equals(hash)) {
            fail(last, Kind.HEAD, "the head names another hash than entry " + last + " has");
        }
        return true;
    }

    private void fail(long sequence, Kind kind, String what) {
        broken = Optional.of(new Break(sequence, kind, what));
    }
}
