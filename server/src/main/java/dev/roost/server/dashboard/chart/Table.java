package dev.roost.server.dashboard.chart;

import java.time.Instant;
import java.util.List;

/**
 * What a chart shows, in numbers.
 *
 * @param caption what it shows
 * @param heads of the columns after the first, which has the time
 */
public record Table(String caption, List<String> heads, List<Row> rows) {
    /** Copies the lists. */
    public Table {
        heads = List.copyOf(heads);
        rows = List.copyOf(rows);
    }

    /**
     * A row.
     *
     * @param from when its span begins
     */
    public record Row(Instant from, List<String> cells) {
        /** Copies the list. */
        public Row {
            cells = List.copyOf(cells);
        }
    }
}
