package dev.roost.cli;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * What a command takes from outside, so that a test can bring its own.
 *
 * @param environment the environment variables
 * @param in standard input
 * @param out standard output: results only
 * @param err standard error: all else
 * @param browser opens consent pages
 * @param errIsTerminal whether people see standard error as it comes
 * @param terminal where standard input comes from, if that is a person
 */
public record Surroundings(
        Map<String, String> environment,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Browser browser,
        boolean errIsTerminal,
        Optional<Console> terminal) {
    /** Those of this process. */
    public static Surroundings real() {
        Map<String, String> environment = System.getenv();
        Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        boolean errIsTerminal = StandardError.isTerminal(terminal.isPresent());
        return new Surroundings(
                environment, System.in, System.out, System.err, Browser.desktop(environment), errIsTerminal, terminal);
    }
}
