package dev.roost.x;

import java.util.List;

/**
 * What a post asks its readers.
 *
 * @param options 2 to 4, of 1 to 25 characters each
 * @param minutes how long it is open, 5 to 10080 (a week)
 */
public record Poll(List<String> options, int minutes) {
    /** @throws IllegalArgumentException if a part is out of its range; the message names it */
    public Poll {
        options = List.copyOf(options);
        Checked.range("the number of poll options", options.size(), 2, 4);
        options.forEach(option -> Checked.length("poll option", option, 1, 25));
        Checked.range("the minutes of a poll", minutes, 5, 10_080);
    }
}
