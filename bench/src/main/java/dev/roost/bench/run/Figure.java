package dev.roost.bench.run;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One line of the table: what was measured in rounds that took turns with those of the baseline.
 *
 * @param name what it is
 * @param unit of both series
 * @param roost what Roost did, a value for each round
 * @param against what the baseline is
 * @param baseline what it did in the same rounds
 * @param target for the ratio of the two
 */
record Figure(String name, String unit, List<Double> roost, String against, List<Double> baseline, Target target) {
    /** @throws IllegalArgumentException if the series differ in length, or are empty */
    Figure {
        roost = List.copyOf(roost);
        baseline = List.copyOf(baseline);
        if (roost.isEmpty() || roost.size() != baseline.size()) {
            throw new IllegalArgumentException(name + " has " + roost.size() + " rounds and its baseline "
                    + baseline.size() + "; give each the same");
        }
    }

    /** Returns the ratio of each round. */
    List<Double> ratios() {
        return IntStream.range(0, roost.size())
                .mapToObj(i -> roost.get(i) / baseline.get(i))
                .toList();
    }

    double ratio() {
        return median(ratios());
    }

    String verdict() {
        return target.verdict(ratio());
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
