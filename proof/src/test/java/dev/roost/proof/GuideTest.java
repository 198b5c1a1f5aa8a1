package dev.roost.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roost.testkit.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The token-refresh guide works against Roost: {@code proof/guide/run} runs its commands and its class. It needs port 3001,
 * which the guide names, and two programs that {@code .ci/run} installs.
 */
final class GuideTest {
    @Test
    void everyCommandOfTheGuideWorksAndItsClassToo() throws IOException, InterruptedException {
        for (String program : new String[] {"bash", "curl", "node"}) {
            assumeTrue(isInstalled(program), program + " is not installed; .ci/run installs it");
        }
        Path output = Files.createTempFile("roost-guide-", ".txt");
        ProcessBuilder run =
                new ProcessBuilder("guide/run").redirectErrorStream(true).redirectOutput(output.toFile());
        run.environment().put("SIMULATOR_PORT", Integer.toString(FreePort.find()));
        run.environment().put("ROOST", roost());
        int exit = run.start().waitFor();
        assertThat(exit).as(Files.readString(output)).isZero();
        assertThat(Files.readString(output)).contains("guide: all of it works");
        Files.delete(output);
    }

    /** Runs what this build has compiled, as the launcher would after packing it. */
    private static String roost() throws IOException {
        Path script = Files.createTempFile("roost-", ".sh");
        Files.writeString(
                script,
                "#!/usr/bin/env bash\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' --enable-native-access=ALL-UNNAMED -cp '" + System.getProperty("java.class.path")
                        + "' dev.roost.cli.Main \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        script.toFile().deleteOnExit();
        return script.toString();
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
