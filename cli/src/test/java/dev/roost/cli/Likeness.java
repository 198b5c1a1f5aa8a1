package dev.roost.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Compares an answer with the one that a document shows: the same members with the same values, but for those that differ
 * each time, of which the kind must be the same. In the document an ellipsis ends a text or a list that goes on.
 */
final class Likeness {
    private static final String AND_SO_ON = "…";
    private static final Set<String> SECRETS = Set.of("accessToken", "refreshToken", "codeVerifier");
    private static final Set<String> FREE = Set.of("node", "version");
    private static final int A_MINUTE = 60;

    private final List<String> differences = new ArrayList<>();

    private Likeness() {}

    /** Returns what is not as shown, by the path of its member. */
    static List<String> differences(JsonNode shown, JsonNode real) {
        Likeness likeness = new Likeness();
        likeness.compare("", "", shown, real);
        return likeness.differences;
    }

    /** A text with words in place of what is different each time. */
    static String normal(String text) {
        return text.replaceAll("127\\.0\\.0\\.1(:|%3A)\\d+", "HOST")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                .replaceAll("\\b(acc|con)_[0-9a-f]{20}\\b", "$1_ID")
                .replaceAll("\\b[0-9a-f]{16,64}\\b", "HEX")
                .replaceAll("\\b\\d{19}\\b", "NUMBER")
                .replaceAll("\\btook \\d+ ms", "took N ms")
                .replaceAll("(?m)(?<=^|[Kk]ey )[a-z0-9]{10}(?= |$)", "KEY");
    }

    private void compare(String path, String name, JsonNode shown, JsonNode real) {
        if (shown.isObject() && real.isObject()) {
            members(path, shown, real);
        } else if (shown.isArray() && real.isArray()) {
            elements(path, shown, real);
        } else if (!isLike(name, shown, real)) {
            differences.add((path.isEmpty() ? "the whole" : path) + " is " + real + ", shown is " + shown);
        }
    }

    private void members(String path, JsonNode shown, JsonNode real) {
        if (!new TreeSet<>(shown.propertyNames()).equals(new TreeSet<>(real.propertyNames()))) {
            differences.add(path + " has the members " + real.propertyNames() + ", shown are " + shown.propertyNames());
            return;
        }
        shown.propertyStream()
                .forEach(member -> compare(
                        path + "/" + member.getKey(), member.getKey(), member.getValue(), real.get(member.getKey())));
    }

    private void elements(String path, JsonNode shown, JsonNode real) {
        boolean goesOn =
                !shown.isEmpty() && shown.get(shown.size() - 1).asString("").equals(AND_SO_ON);
        int known = goesOn ? shown.size() - 1 : shown.size();
        if (goesOn ? real.size() <= known : real.size() != known) {
            differences.add(path + " has " + real.size() + " elements, shown are " + known);
            return;
        }
        for (int i = 0; i < known; i++) {
            compare(path + "/" + i, "", shown.get(i), real.get(i));
        }
    }

    private static boolean isLike(String name, JsonNode shown, JsonNode real) {
        if (!shown.isString() || !real.isString()) {
            boolean ticks = name.equals("expiresIn") && shown.isNumber() && real.isNumber();
            return ticks ? Math.abs(shown.asLong() - real.asLong()) < A_MINUTE : shown.equals(real);
        }
        String text = real.asString();
        if (SECRETS.contains(name) || FREE.contains(name)) {
            return !text.isBlank() && (FREE.contains(name) || text.length() > A_MINUTE / 2);
        }
        String told = shown.asString();
        return told.endsWith(AND_SO_ON)
                ? normal(text).startsWith(normal(told.substring(0, told.length() - 1)))
                : normal(text).equals(normal(told));
    }
}
