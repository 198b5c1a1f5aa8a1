package dev.roost.cli.demo;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Tells the story, numbered and at 80 columns, and remembers what it said. */
final class Narrator {
    private static final int WIDTH = 76;

    private final PrintStream out;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private int step;

    Narrator(PrintStream out) {
        this.out = out;
    }

    /** Begins the next step. */
    void step(String title) {
        line("");
        line("%2d. %s".formatted(++step, title));
    }

    /** Says something within the step. */
    void say(String text) {
        StringBuilder line = new StringBuilder();
        for (String word : Arrays.asList(text.split(" "))) {
            if (line.length() + word.length() > WIDTH - 4 && !line.isEmpty()) {
                line("    " + line.toString().stripTrailing());
                line.setLength(0);
            }
            line.append(word).append(' ');
        }
        line("    " + line.toString().stripTrailing());
    }

    /** Prints a line as it is. */
    void line(String text) {
        said.writeBytes((text + "\n").getBytes(StandardCharsets.UTF_8));
        out.println(text);
        out.flush();
    }

    /** Returns everything said so far. */
    byte[] said() {
        return said.toByteArray();
    }
}
