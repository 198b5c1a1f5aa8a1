package dev.roost.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out where standard error goes. Java knows a terminal only by standard input and output, so the system is asked. */
final class StandardError {
    private static final Path LINUX = Path.of("/proc/self/fd/2");

    private StandardError() {}

    /** @param guess what to believe where the system does not say (proc(5), Linux only) */
    static boolean isTerminal(boolean guess) {
        if (!Files.isSymbolicLink(LINUX)) {
            return guess;
        }
        try {
            String target = Files.readSymbolicLink(LINUX).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return guess;
        }
    }
}
