package dev.roost.proof.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of chaos: about two minutes of it for Roost, and the first round of the same plan for the naive keeper, which
 * shows that the harness finds what is lost. {@code proof/chaos} is the long form.
 */
class ChaosTest {
    private static final int ROUNDS = 2;
    private static long seed;

    @TempDir
    Path folder;

    @BeforeAll
    static void drawsASeed() {
        seed = Long.getLong("roost.chaos.seed", new SecureRandom().nextInt(1_000_000));
        System.out.println("chaos: seed " + seed);
    }

    @Test
    void losesNothingThatAnyClientCouldHaveSaved() throws Exception {
        String text = new Chaos(folder, Chaos.thisBuild(), Plan.of(seed, ROUNDS)).run();
        keep("chaos-roost.txt", text);
    }

    @Test
    void theNaiveKeeperLosesGrantsUnderTheSamePlan() throws Exception {
        NaiveChaos.Finding finding = new NaiveChaos(folder, Plan.of(seed, 1)).run();
        keep("chaos-naive.txt", finding.text());
        assertThat(finding.rotations()).as("the naive keeper refreshed at all").isGreaterThan(50);
        assertThat(finding.lost()).as("grants that the naive keeper lost").isPositive();
    }

    private static void keep(String file, String text) throws IOException {
        System.out.print(text);
        Files.writeString(Path.of("target", file), text);
    }
}
