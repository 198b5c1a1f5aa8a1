package dev.roost.proof.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The long form of chaos, started by {@code proof/chaos}. Arguments: minutes, seed, the file for the report, and maybe the class
 * path of an older build, which the first node then runs.
 */
final class ChaosMain {
    private ChaosMain() {}

    public static void main(String[] args) throws Exception {
        int rounds = Math.toIntExact(
                Math.ceilDiv(Duration.ofMinutes(Long.parseLong(args[0])).toMillis(), Plan.ROUND.toMillis()));
        long seed = Long.parseLong(args[1]);
        System.out.println("chaos: seed " + seed + ", " + rounds + " rounds of " + Plan.ROUND.toSeconds() + " s");
        Path folder = Files.createTempDirectory("roost-chaos");
        int code = 0;
        try {
            String naive = new NaiveChaos(Files.createDirectory(folder.resolve("naive")), Plan.of(seed, 1))
                    .run()
                    .text();
            System.out.print(naive);
            String text = new Chaos(Files.createDirectory(folder.resolve("roost")), builds(args), Plan.of(seed, rounds))
                    .run();
            System.out.print(text);
            Files.writeString(Path.of(args[2]), text + naive);
        } catch (Exception | AssertionError e) {
            e.printStackTrace();
            code = 1;
        } finally {
            if (code == 0) {
                delete(folder);
            } else {
                System.err.println("what the nodes wrote is in " + folder);
            }
        }
        System.exit(code);
    }

    private static List<FleetNode.Build> builds(String[] args) {
        List<FleetNode.Build> all = Chaos.thisBuild();
        if (args.length < 4) {
            return all;
        }
        return List.of(new FleetNode.Build(NodeMain.class.getName(), args[3]), all.get(1), all.get(2));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
