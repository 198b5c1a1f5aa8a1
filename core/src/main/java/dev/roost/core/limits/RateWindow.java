package dev.roost.core.limits;

import java.time.Duration;
import java.time.Instant;

/**
 * What X said of one window. Two of the same {@link Key} that end within five seconds of each other are the same window:
 * X tells its end in whole seconds, by a clock of its own.
 *
 * @param key which limit it is
 * @param limit how many calls it allows
 * @param remaining how many are left; never negative
 * @param resetsAt when it starts anew, by Roost's clock
 * @param believedUntil when it is worth asking X again, whatever it said; not after {@code resetsAt}
 */
public record RateWindow(Key key, long limit, long remaining, Instant resetsAt, Instant believedUntil) {
    /** How far apart two tellings of the same end may be. */
    public static final Duration SAME = Duration.ofSeconds(5);

    /** A window of a day is believed for so long: the plan of the app may have grown. */
    static final Duration BELIEVED_FOR = Duration.ofHours(1);

    /** X tells the end in whole seconds. */
    private static final Duration SAFETY = Duration.ofSeconds(1);

    private static final Duration CLOCKS_DIFFER_BY = Duration.ofMinutes(1);

    /**
     * Which limit.
     *
     * @param route method and path template
     * @param account whose; empty for all of the app
     * @param span how long
     */
    public record Key(String route, String account, LimitSpan span) {}

    /**
     * Makes one of what X said at this moment, which ends a second later than X said.
     *
     * @param saidReset when X said that it starts anew, by Roost's clock
     * @param now by Roost's clock
     */
    public static RateWindow told(Key key, long limit, long remaining, Instant saidReset, Instant now) {
        Instant resetsAt = saidReset.plus(SAFETY);
        Instant doubted = now.plus(BELIEVED_FOR);
        return new RateWindow(key, limit, remaining, resetsAt, resetsAt.isBefore(doubted) ? resetsAt : doubted);
    }

    /** Tells whether it can be true at this moment: it is not over, and not longer than X's windows are. */
    public boolean isPlausible(Instant now) {
        return limit > 0
                && remaining >= 0
                && remaining <= limit
                && resetsAt.isAfter(now)
                && !resetsAt.isAfter(now.plus(key.span().length()).plus(CLOCKS_DIFFER_BY));
    }

    /** Tells whether it is not over. */
    boolean isLive(Instant now) {
        return now.isBefore(resetsAt);
    }

    /** Tells whether it is believed still. */
    boolean isBelieved(Instant now) {
        return now.isBefore(believedUntil);
    }

    /** Returns how many calls were made in it. */
    long used() {
        return limit - remaining;
    }

    /** Returns the stricter of two tellings of the same window, and the later of two windows. */
    static RateWindow stricter(RateWindow known, RateWindow told, Instant now) {
        boolean isNext = told.resetsAt.isAfter(known.resetsAt.plus(SAME)) || !known.believedUntil.isAfter(now);
        boolean isSame = !told.resetsAt.isBefore(known.resetsAt.minus(SAME));
        boolean isStricter = told.remaining < known.remaining
                || (told.remaining == known.remaining && told.believedUntil.isAfter(known.believedUntil));
        return isNext || (isSame && isStricter) ? told : known;
    }
}
