package dev.roost.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A second process of Roost that begins a refresh and is killed while X's answer is outstanding. */
final class KilledRefresh {
    private static final String MAIN = "dev.roost.cli.Main";
    private static final long PATIENCE_SECONDS = 40;

    private KilledRefresh() {}

    /** Starts {@code roost refresh}, waits until its request has left, and kills it with SIGKILL. */
    static long play(String account, DeafServer network, Map<String, String> environment) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command(account))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().keySet().removeIf(name -> name.startsWith("ROOST_") || name.startsWith("TWITTER_"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean sent = network.awaitRefresh(PATIENCE_SECONDS);
            process.destroyForcibly().waitFor();
            DemoFailure.unless(sent, "the second process sent no refresh within " + PATIENCE_SECONDS + " s");
            return process.pid();
        } catch (IOException e) {
            throw new DemoFailure("the second process did not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted while the second process ran", e);
        }
    }

    private static List<String> command(String account) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN,
                "refresh",
                account);
    }
}
