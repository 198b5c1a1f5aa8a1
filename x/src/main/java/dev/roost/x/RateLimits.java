package dev.roost.x;

import dev.roost.core.limits.LimitSpan;
import dev.roost.core.limits.RateWindow;
import java.time.Instant;
import java.util.List;

/**
 * What X's headers say about how much may still be called.
 *
 * @param windows those that X named, in the order of {@link Span}; often empty
 */
public record RateLimits(List<Window> windows) {
    /** Copies the list. */
    public RateLimits {
        windows = List.copyOf(windows);
    }

    /**
     * One window.
     *
     * @param span which one
     * @param limit how many calls it allows
     * @param remaining how many are left
     * @param resetAt when it starts anew, by this machine's clock
     */
    public record Window(Span span, long limit, long remaining, Instant resetAt) {}

    /** Returns what the budget of the app is to hear of them. */
    List<RateWindow> of(String route, String account, Instant now) {
        return windows.stream().map(window -> told(window, route, account, now)).toList();
    }

    private static RateWindow told(Window window, String route, String account, Instant now) {
        RateWindow.Key key =
                switch (window.span()) {
                    case QUARTER_HOUR -> new RateWindow.Key(route, account, LimitSpan.QUARTER_HOUR);
                    case APP_DAY -> new RateWindow.Key(route, "", LimitSpan.APP_DAY);
                    case USER_DAY -> new RateWindow.Key(route, account, LimitSpan.USER_DAY);
                };
        return RateWindow.told(key, window.limit(), window.remaining(), window.resetAt(), now);
    }

    /** Which window; X documents the first only. */
    public enum Span {
        /** 15 minutes, {@code x-rate-limit-*}. */
        QUARTER_HOUR("x-rate-limit"),
        /** A day, all users of the app together, {@code x-app-limit-24hour-*}. */
        APP_DAY("x-app-limit-24hour"),
        /** A day, this user, {@code x-user-limit-24hour-*}. */
        USER_DAY("x-user-limit-24hour");

        private final String header;

        Span(String header) {
            this.header = header;
        }

        String header() {
            return header;
        }
    }
}
