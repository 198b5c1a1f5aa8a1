package dev.roost.bench.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** {@link TokenReads}, by JMH: each round is a process of its own for each of the three. */
final class InProcessRow {
    private InProcessRow() {}

    static List<Figure> measure(Site site) throws RunnerException {
        List<Double> keeper = new ArrayList<>();
        List<Double> map = new ArrayList<>();
        List<Double> spring = new ArrayList<>();
        for (int round = 0; round < Math.min(3, site.rounds()); round++) {
            keeper.add(nanos(site, "keeper"));
            map.add(nanos(site, "map"));
            spring.add(nanos(site, "spring"));
        }
        site.note(
                "Spring Security reads its tokens from SQLite in its own process, the fastest database it could have");
        String name = "token read in process";
        return List.of(
                new Figure(name, "ns", keeper, "ConcurrentHashMap.get", map, Target.atMost(5)),
                new Figure(
                        "times faster than Spring Security",
                        "reads/ns",
                        inverse(keeper),
                        "its JDBC service on SQLite",
                        inverse(spring),
                        Target.atLeast(20)));
    }

    private static double nanos(Site site, String name) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(TokenReads.class.getName() + "." + name + "$")
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(3))
                        .measurementIterations(3)
                        .measurementTime(TimeValue.seconds(site.isQuick() ? 1 : 2))
                        .jvmArgsAppend(
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-XX:+UseSerialGC",
                                "-XX:+UseCompactObjectHeaders")
                        .verbosity(VerboseMode.NORMAL)
                        .shouldFailOnError(true)
                        .output(site.log("jmh").toString())
                        .build())
                .run();
        return results.stream()
                .flatMapToDouble(
                        result -> DoubleStream.of(result.getPrimaryResult().getScore()))
                .findFirst()
                .orElseThrow();
    }

    private static List<Double> inverse(List<Double> values) {
        return values.stream().map(value -> 1 / value).toList();
    }
}
