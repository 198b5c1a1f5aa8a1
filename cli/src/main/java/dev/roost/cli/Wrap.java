package dev.roost.cli;

/** Breaks text into lines that fit a terminal. */
final class Wrap {
    private static final int WIDTH = 80;

    private Wrap() {}

    /** Breaks after words; every line but the first begins with the indent. Words that are too long stay whole. */
    static String hanging(String first, String text, int indent) {
        StringBuilder out = new StringBuilder(first);
        int column = first.length();
        boolean fresh = true;
        for (String word : text.strip().split("\\s+", -1)) {
            if (!fresh && column + 1 + word.length() > WIDTH) {
                out.append(System.lineSeparator()).append(" ".repeat(indent));
                column = indent;
            } else if (!fresh) {
                out.append(' ');
                column++;
            }
            out.append(word);
            column += word.length();
            fresh = false;
        }
        return out.toString();
    }

    /** Breaks after words. */
    static String plain(String text) {
        return hanging("", text, 0);
    }
}
