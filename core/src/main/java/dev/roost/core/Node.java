package dev.roost.core;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * One process for as long as it lives: a name that people know and digits that no other process has, so that a
 * restarted process never takes its predecessor's lease for its own.
 */
public record Node(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,80}");

    /** @throws IllegalArgumentException if the text is not 1 to 80 letters, digits, dots, dashes or underscores */
    public Node {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "node \"" + value + "\" is not 1 to 80 letters, digits, dots, dashes or underscores");
        }
    }

    /** Makes the node of a process that starts now. Characters of the name that are not allowed become dashes. */
    public static Node named(String name, RandomGenerator random) {
        byte[] bytes = new byte[4];
        random.nextBytes(bytes);
        String clean = name.replaceAll("[^A-Za-z0-9._-]", "-");
        return new Node(clean.substring(0, Math.min(clean.length(), 60)) + "-"
                + HexFormat.of().formatHex(bytes));
    }

    @Override
    public String toString() {
        return value;
    }
}
