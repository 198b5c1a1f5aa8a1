package dev.roost.core.limits;

import java.time.Duration;

/** For how long X counts, and for whom. */
public enum LimitSpan {
    /** 15 minutes, one user at one endpoint. */
    QUARTER_HOUR(Duration.ofMinutes(15)),
    /** A day, one user at one endpoint. */
    USER_DAY(Duration.ofDays(1)),
    /** A day, all users of the app together at one endpoint. */
    APP_DAY(Duration.ofDays(1)),
    /** Not X's: the app's refreshes rest, since X turned several away in a row; the limit is its length in seconds. */
    PAUSE(Duration.ofHours(1));

    private final Duration length;

    LimitSpan(Duration length) {
        this.length = length;
    }

    /** Returns the longest that such a window lasts. */
    public Duration length() {
        return length;
    }
}
