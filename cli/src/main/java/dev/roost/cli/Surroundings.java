package dev.roost.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * What a command takes from outside, so that a test can bring its own.
 *
 * @param environment the environment variables
 * @param in standard input
 * @param out standard output: results only
 * @param err standard error: all else
 * @param browser opens consent pages
 */
public record Surroundings(
        Map<String, String> environment, InputStream in, PrintStream out, PrintStream err, Browser browser) {
    /** Those of this process. */
    public static Surroundings real() {
        Map<String, String> environment = System.getenv();
        return new Surroundings(environment, System.in, System.out, System.err, Browser.desktop(environment));
    }
}
