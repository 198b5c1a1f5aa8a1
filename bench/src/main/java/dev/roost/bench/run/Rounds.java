package dev.roost.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What several parties did in turn. Each round lets each of them work once, so that what disturbs the machine for a while
 * disturbs all of them.
 *
 * @param <T> what a round of one party brings
 */
final class Rounds<T> {
    private final List<List<T>> results = new ArrayList<>();

    /**
     * What one party does in a round.
     *
     * @param <T> what that brings
     */
    @FunctionalInterface
    interface Turn<T> {
        /** Works for one round. */
        T take() throws Exception;
    }

    /** Lets each party warm up once, and then work for so many rounds. */
    static <T> Rounds<T> of(int rounds, List<Turn<T>> parties) throws Exception {
        Rounds<T> all = new Rounds<>();
        for (Turn<T> party : parties) {
            var _ = party.take();
            all.results.add(new ArrayList<>());
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < parties.size(); i++) {
                all.results.get(i).add(parties.get(i).take());
            }
        }
        return all;
    }

    /** Returns what a party brought, a value for each round. */
    List<Double> of(int party, ToDoubleFunction<T> value) {
        return results.get(party).stream().map(value::applyAsDouble).toList();
    }

    /** Returns the figure of two parties. */
    Figure figure(
            String name,
            String unit,
            int party,
            String against,
            int baseline,
            ToDoubleFunction<T> value,
            Target target) {
        return new Figure(name, unit, of(party, value), against, of(baseline, value), target);
    }

    /** Returns the sum of some values over parties, round by round. */
    static List<Double> times(List<Double> values, double factor) {
        return IntStream.range(0, values.size())
                .mapToObj(i -> values.get(i) * factor)
                .toList();
    }
}
