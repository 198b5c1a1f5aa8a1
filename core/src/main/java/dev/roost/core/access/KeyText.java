package dev.roost.core.access;

import dev.roost.core.Secret;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final Pattern ID = Pattern.compile("[0-9a-z]{10}");
    private static final Pattern FORM = Pattern.compile("roost_([0-9a-z]{10})_([0-9A-Za-z]{43})");

    static KeyText random(RandomGenerator random) {
        return new KeyText(
                drawn(random, ID_LETTERS, ID_LENGTH), Secret.of(drawn(random, SECRET_LETTERS, SECRET_LENGTH)));
    }

    /** Empty when it has any other form. */
    static Optional<KeyText> parse(Secret presented) {
        Matcher form = FORM.matcher(presented.expose());
        return form.matches() ? Optional.of(new KeyText(form.group(1), Secret.of(form.group(2)))) : Optional.empty();
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
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
