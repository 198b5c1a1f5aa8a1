package dev.roost.bench.run;

import java.util.Locale;

/**
 * What a ratio should be.
 *
 * @param limit the least or the most
 * @param kind which of the two, or neither
 */
record Target(double limit, Kind kind) {
    static final Target NONE = new Target(0, Kind.NONE);

    /** Which side of the limit is good. */
    enum Kind {
        AT_LEAST,
        AT_MOST,
        NONE
    }

    static Target atLeast(double limit) {
        return new Target(limit, Kind.AT_LEAST);
    }

    static Target atMost(double limit) {
        return new Target(limit, Kind.AT_MOST);
    }

    String text() {
        return switch (kind) {
            case AT_LEAST -> String.format(Locale.ROOT, ">= %s", number());
            case AT_MOST -> String.format(Locale.ROOT, "<= %s", number());
            case NONE -> "-";
        };
    }

    String verdict(double ratio) {
        return switch (kind) {
            case AT_LEAST -> ratio >= limit ? "met" : "MISSED";
            case AT_MOST -> ratio <= limit ? "met" : "MISSED";
            case NONE -> "-";
        };
    }

    private String number() {
        return limit == Math.rint(limit) ? Integer.toString((int) limit) : Double.toString(limit);
    }
}
