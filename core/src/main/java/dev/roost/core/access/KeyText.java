package dev.roost.core.access;

import dev.roost.core.Secret;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A key as its holder writes it: {@code roost_<id>_<secret>}. Letters and digits only, so that a double click takes all
 * of it, and no place has to escape it; the beginning lets scanners find keys that were published by mistake.
 */
record KeyText(String id, Secret secret) {
    /** Without capitals, as people read ids to each other. */
    private static final String ID_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

    private static final int ID_LENGTH = 10;
    private static final String SECRET_LETTERS = ID_LETTERS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    /** The least with which {@code 62^n} is not below {@code 2^256}. */
    private static final int SECRET_LENGTH = 43;

    private static final String PREFIX = "roost_";
    private static final int SECRET_BEGINS = PREFIX.length() + ID_LENGTH + 1;

    static KeyText random(RandomGenerator random) {
        return new KeyText(
                drawn(random, ID_LETTERS, ID_LENGTH), Secret.of(drawn(random, SECRET_LETTERS, SECRET_LENGTH)));
    }

    /** Empty when it has any other form. */
    static Optional<KeyText> parse(Secret presented) {
        String text = presented.expose();
        boolean fits = text.length() == SECRET_BEGINS + SECRET_LENGTH
                && text.startsWith(PREFIX)
                && isMadeOf(text, PREFIX.length(), SECRET_BEGINS - 1, false)
                && text.charAt(SECRET_BEGINS - 1) == '_'
                && isMadeOf(text, SECRET_BEGINS, text.length(), true);
        return fits
                ? Optional.of(new KeyText(
                        text.substring(PREFIX.length(), SECRET_BEGINS - 1), Secret.of(text.substring(SECRET_BEGINS))))
                : Optional.empty();
    }

    /** Without a pattern: every request asks. */
    private static boolean isMadeOf(String text, int from, int to, boolean capitals) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean fits = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (capitals && c >= 'A' && c <= 'Z');
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    static boolean isId(String text) {
        return text.length() == ID_LENGTH && isMadeOf(text, 0, ID_LENGTH, false);
    }

    /** Returns the whole, for its holder. */
    Secret whole() {
        return Secret.of("roost_" + id + "_" + secret.expose());
    }

    KeyDigest digest() {
        return KeyDigest.ofSecret(secret.expose());
    }

    private static String drawn(RandomGenerator random, String letters, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
