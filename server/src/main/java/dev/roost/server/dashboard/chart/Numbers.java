package dev.roost.server.dashboard.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them. */
public final class Numbers {
    private Numbers() {}

    /** A count, with a mark at each thousand. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A count and what is counted. */
    public static String count(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** A share from 0 to 1 in percent, rounded down: only what is whole is 100 %. */
    public static String percent(double share) {
        BigDecimal percent = BigDecimal.valueOf(share * 100);
        int digits = share == 1 || share == 0 ? 0 : share > 0.9999 ? 4 : share > 0.99 ? 2 : 1;
        return percent.setScale(digits, RoundingMode.DOWN).toPlainString() + " %";
    }

    /** A duration in milliseconds, in a unit that suits it. */
    public static String millis(double millis) {
        return millis < 1000
                ? Math.round(millis) + " ms"
                : String.format(Locale.ROOT, millis < 10_000 ? "%.1f s" : "%.0f s", millis / 1000);
    }

    static String plain(double number) {
        return BigDecimal.valueOf(number)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
