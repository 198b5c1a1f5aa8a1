package dev.roost.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a command line apart as a shell does, as far as the documents need it: both quotes, and variables. */
final class ShellWords {
    private static final Pattern PART = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^\\s'\"]+)|(\\s+)");
    private static final Pattern VARIABLE = Pattern.compile("\\$([A-Z_]+)");

    private ShellWords() {}

    static List<String> of(String command, Map<String, String> variables) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        Matcher part = PART.matcher(command);
        while (part.find()) {
            if (part.group(4) != null) {
                words.add(word.toString());
                word.setLength(0);
                begun = false;
                continue;
            }
            begun = true;
            if (part.group(1) != null) {
                word.append(part.group(1));
            } else {
                word.append(filled(part.group(2) == null ? part.group(3) : part.group(2), variables));
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }

    /** Puts the values of variables in; each must have one. */
    static String filled(String text, Map<String, String> variables) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            String value = variables.get(found.group(1));
            if (value == null) {
                throw new IllegalStateException("nothing has set $" + found.group(1));
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
