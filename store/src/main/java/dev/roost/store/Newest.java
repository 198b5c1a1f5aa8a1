package dev.roost.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a database is: the newest entry of its journal, which every rotation and every sign-in makes longer.
 *
 * @param restores how often it was found to be restored
 * @param entry the number of the entry; 0 while there is none
 * @param at when that was written
 * @param hash its hash in the chain of its account, {@code -} where it has none
 */
record Newest(long restores, long entry, Instant at, String hash) {
    /** The columns of an entry that {@link #read} reads. */
    static final String COLUMNS = "id, at, coalesce(hash, '-') AS hash";
    /** Before there is any entry. */
    static Newest none(long restores) {
        return new Newest(restores, 0, Instant.EPOCH, "-");
    }

    /** Entries are never deleted before they are a day old. */
    private static final Duration NEVER_PURGED = Duration.ofHours(23);

    static Newest read(ResultSet row, long restores) throws SQLException {
        return new Newest(restores, row.getLong("id"), Instant.ofEpochMilli(row.getLong("at")), row.getString("hash"));
    }

    /** Tells whether the other is as far or further. */
    boolean isAtMost(Newest other) {
        return restores < other.restores || (restores == other.restores && entry <= other.entry);
    }

    /** Tells whether the entry must still be there: it cannot have been deleted for its age. */
    boolean isKept(Instant time) {
        return entry > 0 && at.isAfter(time.minus(NEVER_PURGED));
    }

    /**
     * Says why the database must have been restored since it was like this; empty when nothing shows that.
     *
     * @param now how it is now
     * @param there the hash that it now has at the place of this entry; empty when there is none
     * @param time the caller's time
     */
    Optional<String> goneBack(Newest now, Optional<String> there, Instant time) {
        if (now.restores < restores) {
            return Optional.of("it was restored " + restores + " times, and knows of " + now.restores);
        }
        if (now.entry < entry) {
            return Optional.of(
                    "its journal reached entry " + entry + " on " + at + ", and ends at " + now.entry + " now");
        }
        boolean gone = there.isEmpty() && isKept(time);
        boolean another = there.filter(found -> !found.equals(hash)).isPresent();
        return entry > 0 && (gone || another)
                ? Optional.of(
                        "entry " + entry + " of its journal, of " + at + ", is " + (gone ? "gone" : "another now"))
                : Optional.empty();
    }
}
