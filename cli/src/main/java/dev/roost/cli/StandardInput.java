package dev.roost.cli;

import dev.roost.core.Secret;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads from a person or from a pipe. */
record StandardInput(Surroundings surroundings) {
    private static final int LONGEST = 100_000;

    /** Reads a secret, without showing it where there is a terminal; empty when there is none. */
    Optional<Secret> secret(String question) {
        String line = surroundings
                .terminal()
                .map(console -> hidden(console, question))
                .orElseGet(this::all);
        return line.isBlank() ? Optional.empty() : Optional.of(Secret.of(line));
    }

    /** Asks for a yes; anything else, or the end of input, is a no. */
    boolean agrees(String question) {
        surroundings.err().print(question + " [y/N] ");
        surroundings.err().flush();
        try {
            String line = reader().readLine();
            if (line == null) {
                surroundings.err().println();
            }
            return line != null && line.strip().matches("(?i)y|yes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads all there is. */
    String all() {
        try {
            return new String(surroundings.in().readNBytes(LONGEST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hidden(Console console, String question) {
        char[] typed = console.readPassword("%s", question);
        return typed == null ? "" : new String(typed);
    }

    private BufferedReader reader() {
        return new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8));
    }
}
