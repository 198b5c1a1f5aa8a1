package dev.roost.server.dashboard.accounts;

import dev.roost.server.dashboard.frame.When;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the list shows.
 *
 * @param query which part
 * @param rows of this page
 * @param next the address of the next page
 * @param previous the address of the page before
 * @param trouble what is wrong with the address; empty for nothing
 * @param now the time of day
 */
public record ListView(
        ListQuery query,
        List<Row> rows,
        Optional<String> next,
        Optional<String> previous,
        String trouble,
        Instant now) {
    /** Copies the list. */
    public ListView {
        rows = List.copyOf(rows);
    }

    /** Tells whether a time has come. */
    public boolean isPast(Instant time) {
        return !time.isAfter(now);
    }

    /** Returns a time as pages show it. */
    public When when(Instant time) {
        return new When(time, now);
    }

    /** Returns what {@code aria-sort} says of a column. */
    public String sorted(ListQuery.Sort column) {
        if (query.sort() != column) {
            return "none";
        }
        return column == ListQuery.Sort.CONNECTED ? "descending" : "ascending";
    }
}
