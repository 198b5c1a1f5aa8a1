package dev.roost.core.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Holds back calls that X would turn away, and shares out the last fifth of an app's day: while less than that is left, an
 * account that has made more than its equal share of all the day's calls at that endpoint is held back, and what is left is
 * there for the others. How much an account has used X itself says, for all processes together, in the window of a day that
 * it names for that user; an account of which X has not said it gets through. Safe for many threads.
 */
public final class FairBudget implements RateBudget {
    private static final String WHOLE_APP = "";
    private static final int SCARCE = 5;
    private static final Duration HALF_BELIEVED = RateWindow.BELIEVED_FOR.dividedBy(2);

    private final SharedWindows windows;

    /** Knows what these windows hold. */
    public FairBudget(SharedWindows windows) {
        this.windows = windows;
    }

    @Override
    public Optional<Hold> held(String route, String account) {
        if (account.isEmpty()) {
            return Optional.empty();
        }
        windows.catchUp();
        Optional<RateWindow> app = believed(route, WHOLE_APP, LimitSpan.APP_DAY);
        Optional<RateWindow> mine = believed(route, account, LimitSpan.USER_DAY);
        return Stream.of(
                        usedUp(app, "all accounts of the app together have made all such calls of a day"),
                        usedUp(mine, "the account has made all such calls of a day"),
                        usedUp(
                                believed(route, account, LimitSpan.QUARTER_HOUR),
                                "the account has made all such calls of a quarter of an hour"),
                        app.filter(FairBudget::isScarce).flatMap(scarce -> mine.flatMap(own -> overShare(scarce, own))))
                .flatMap(Optional::stream)
                .max(Comparator.comparing(Hold::until));
    }

    private Optional<RateWindow> believed(String route, String account, LimitSpan span) {
        Instant now = windows.now();
        return windows.last(new RateWindow.Key(route, account, span)).filter(window -> window.isBelieved(now));
    }

    private static Optional<Hold> usedUp(Optional<RateWindow> window, String why) {
        return window.filter(known -> known.remaining() == 0).map(full -> new Hold(full.resetsAt(), why));
    }

    private Optional<Hold> overShare(RateWindow app, RateWindow mine) {
        long share = share(app);
        return mine.used() < share
                ? Optional.empty()
                : Optional.of(new Hold(
                        app.resetsAt(),
                        "the app has " + app.remaining() + " of " + app.limit() + " such calls of a day left, and this"
                                + " account has made " + mine.used() + ", with a share of " + share
                                + "; the rest is for the other accounts"));
    }

    /** An account alone has it all. */
    private long share(RateWindow app) {
        long accounts = windows.accounts();
        return accounts <= 1 ? Long.MAX_VALUE : Math.max(1, app.limit() / accounts);
    }

    @Override
    public void heard(List<RateWindow> told) {
        Instant now = windows.now();
        List<RateWindow> believable =
                told.stream().filter(window -> window.isPlausible(now)).toList();
        boolean isScarce =
                believable.stream().anyMatch(window -> window.key().span() == LimitSpan.APP_DAY && isScarce(window));
        believable.stream()
                .filter(window -> window.remaining() == 0 || (isScarce && matters(window, now)))
                .forEach(windows::learn);
    }

    /** While the day of the app is scarce, it matters how much each account has used, and that it is scarce. */
    private boolean matters(RateWindow window, Instant now) {
        return switch (window.key().span()) {
            case APP_DAY -> isNews(window, now);
            case USER_DAY -> true;
            case QUARTER_HOUR, PAUSE -> false;
        };
    }

    /** Numbers between a fifth and none change nothing for the app, and are not written with every call. */
    private boolean isNews(RateWindow window, Instant now) {
        return windows.last(window.key())
                .filter(known -> known.isBelieved(now.plus(HALF_BELIEVED))
                        || !window.believedUntil().isAfter(known.believedUntil().plus(RateWindow.SAME)))
                .filter(known -> !window.resetsAt().isAfter(known.resetsAt().plus(RateWindow.SAME)))
                .isEmpty();
    }

    private static boolean isScarce(RateWindow window) {
        return window.remaining() < (window.limit() + SCARCE - 1) / SCARCE;
    }
}
