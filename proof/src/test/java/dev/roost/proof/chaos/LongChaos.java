package dev.roost.proof.chaos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The long form of chaos. {@code proof/chaos} starts it by name; a build does not, for it is called no test. By system
 * properties: {@code roost.chaos.minutes}, {@code roost.chaos.seed}, {@code roost.chaos.results} (a folder), and maybe {@code roost.chaos.older}, the root of an older,
 * compiled checkout, whose modules the first node then runs under this build's main class and libraries.
 */
class LongChaos {
    @TempDir
    Path folder;

    @Test
    void losesNothingThatAnyClientCouldHaveSaved() throws Exception {
        Duration length = Duration.ofMinutes(Long.getLong("roost.chaos.minutes", 30));
        int rounds = Math.toIntExact(Math.ceilDiv(length.toMillis(), Plan.ROUND.toMillis()));
        long seed = Long.getLong("roost.chaos.seed", 1);
        System.out.println("chaos: seed " + seed + ", " + rounds + " rounds of " + Plan.ROUND.toSeconds() + " s");
        Path naive = Files.createDirectory(folder.resolve("naive"));
        String baseline = new NaiveChaos(naive, Plan.of(seed, 1)).run().text();
        System.out.print(baseline);
        Path roost = Files.createDirectory(folder.resolve("roost"));
        String text = new Chaos(roost, builds(), Plan.of(seed, rounds)).run();
        System.out.print(text);
        Path results = Files.createDirectories(Path.of(System.getProperty("roost.chaos.results", "target")));
        Files.writeString(results.resolve("chaos-" + seed + ".txt"), text + baseline);
    }

    private static List<FleetNode.Build> builds() {
        List<FleetNode.Build> all = Chaos.thisBuild();
        String older = System.getProperty("roost.chaos.older", "");
        if (older.isEmpty()) {
            return all;
        }
        String modules = Stream.of("core", "store", "x", "mcp", "server", "cli")
                .map(module -> Path.of(older, module, "target", "classes").toString())
                .collect(Collectors.joining(":"));
        FleetNode.Build first = new FleetNode.Build(
                NodeMain.class.getName(), modules + ":" + all.getFirst().classPath());
        return List.of(first, all.get(1), all.get(2));
    }
}
