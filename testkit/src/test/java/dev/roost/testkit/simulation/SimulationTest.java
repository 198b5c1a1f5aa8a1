package dev.roost.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.testkit.simulation.Schedule.Result;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The engine keeps its promises in every simulated course of events. A failure names its seed, and
 * {@code -Droost.sim.seed=SEED} plays that one alone; {@code proof/simulate} plays as many as you like.
 */
class SimulationTest {
    private static final long SEEDS = 2_000;
    private static final long MOST_SEEDS_TO_CATCH_A_MISTAKE = 400;

    @BeforeAll
    static void quietly() {
        Simulate.quietly();
    }

    @Test
    void everyPromiseIsKeptInEverySchedule() {
        Long only = Long.getLong("roost.sim.seed");
        if (only != null) {
            check(only);
            return;
        }
        Tally tally = new Tally();
        for (long seed = 1; seed <= SEEDS; seed++) {
            tally.add(check(seed));
        }
        assertThat(tally.of("fault: process killed")).as("processes killed").isPositive();
        assertThat(tally.of("store: guarded retry")).as("guarded retries").isPositive();
        assertThat(tally.of("engine: spool drained")).as("spools drained").isPositive();
        assertThat(tally.of("x: rotated")).as("rotations").isGreaterThan(SEEDS);
    }

    /** Each showed a mistake of the engine when it was first played. Later changes of the weather may have made it harmless. */
    @ParameterizedTest
    @ValueSource(longs = {6987, 73_693, 340_867, 550_350, 672_196, 698_743})
    void whatOnceBrokeAPromiseKeepsIt(long seed) {
        var _ = check(seed);
    }

    @Test
    void aSeedPlayedTwiceTakesTheSameCourse() {
        for (long seed = 1; seed <= 20; seed++) {
            Result first = Schedule.play(seed);
            Result second = Schedule.play(seed);
            assertThat(second.trace()).as("trace of seed " + seed).isEqualTo(first.trace());
            assertThat(second.turns()).isEqualTo(first.turns());
            assertThat(second.tally().all()).isEqualTo(first.tally().all());
        }
        assertThat(Schedule.play(1).trace()).isNotEqualTo(Schedule.play(2).trace());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aMistakeBuiltInIsCaught(Mutation mutation) {
        String caught = LongStream.rangeClosed(1, MOST_SEEDS_TO_CATCH_A_MISTAKE)
                .mapToObj(seed -> Schedule.play(seed, mutation, false))
                .filter(result -> result.failure() != null)
                .findFirst()
                .map(result -> "seed " + result.seed() + ": " + result.failure())
                .orElse("no schedule of " + MOST_SEEDS_TO_CATCH_A_MISTAKE + " noticed");
        assertThat(caught).containsPattern(mutation.broken());
    }

    @Test
    void aThreadOutsideTheWorldCannotWaitInIt() {
        Loop loop = new Loop(1, false);
        assertThatThrownBy(() -> loop.sleep(Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("for a thread of the simulated world");
    }

    private static Tally check(long seed) {
        Result result = Schedule.play(seed);
        assertThat(result.failure())
                .as("seed %d; replay it with: proof/simulate replay %d, or -Droost.sim.seed=%d", seed, seed, seed)
                .isNull();
        return result.tally();
    }
}
