package dev.roost.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads the commands of a document, and what it shows them to print: the lines of its {@code console} blocks. */
final class Transcript {
    private static final String PROMPT = "$ ";
    private static final String HERE = "<<END";

    private final List<Step> steps = new ArrayList<>();
    private final Deque<String> lines;
    private final StringBuilder prose = new StringBuilder();

    private Transcript(Path document) throws IOException {
        this.lines = new ArrayDeque<>(Files.readAllLines(document));
    }

    /**
     * One command.
     *
     * @param prose what the document says between the command before and this one
     * @param command without the prompt, in one line
     * @param input what a here-document hands in
     * @param shown what it prints
     */
    record Step(String prose, String command, String input, String shown) {
        @Override
        public String toString() {
            return PROMPT + command;
        }
    }

    static List<Step> of(Path document) throws IOException {
        Transcript transcript = new Transcript(document);
        while (!transcript.lines.isEmpty()) {
            String line = transcript.lines.pop();
            if (line.equals("```console")) {
                transcript.block();
            } else {
                transcript.prose.append(line).append('\n');
            }
        }
        return transcript.steps;
    }

    private void block() {
        while (!lines.element().equals("```")) {
            String said = prose.toString();
            prose.setLength(0);
            String command = command();
            String input = command.endsWith(HERE) ? until("END") : "";
            StringBuilder shown = new StringBuilder();
            while (!lines.element().equals("```") && !lines.element().startsWith(PROMPT)) {
                shown.append(lines.pop()).append('\n');
            }
            steps.add(new Step(said, command.replace(HERE, "").strip(), input, shown.toString()));
        }
        lines.pop();
    }

    private String command() {
        String line = lines.pop();
        if (!line.startsWith(PROMPT)) {
            throw new IllegalStateException("a block begins with something else than a command: " + line);
        }
        StringBuilder command = new StringBuilder(line.substring(PROMPT.length()));
        while (command.charAt(command.length() - 1) == '\\') {
            command.setLength(command.length() - 1);
            command.append(lines.pop().strip());
        }
        return command.toString();
    }

    private String until(String end) {
        StringBuilder input = new StringBuilder();
        for (String line = lines.pop(); !line.equals(end); line = lines.pop()) {
            input.append(line).append('\n');
        }
        return input.toString();
    }
}
