package dev.roost.core;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Roost's own name of an account: {@code acc_} and 20 hexadecimal digits. It never changes and is no secret. */
public record AccountId(String value) implements Comparable<AccountId> {
    private static final String PREFIX = "acc_";
    private static final int LENGTH = PREFIX.length() + 20;

    /** @throws IllegalArgumentException if the text has another form */
    public AccountId {
        if (!isForm(value)) {
            throw new IllegalArgumentException(
                    "account id \"" + value + "\" is not of the form acc_ and 20 hexadecimal digits");
        }
    }

    /** Makes a new id from 80 random bits. */
    public static AccountId random(RandomGenerator random) {
        byte[] bytes = new byte[10];
        random.nextBytes(bytes);
        return new AccountId("acc_" + HexFormat.of().formatHex(bytes));
    }

    /** Tells whether the text could be an account id. */
    public static boolean isForm(String text) {
        return text.length() == LENGTH && text.startsWith(PREFIX) && hasDigitsOnly(text, PREFIX.length());
    }

    /** Without a stream: every request asks. */
    private static boolean hasDigitsOnly(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(AccountId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
