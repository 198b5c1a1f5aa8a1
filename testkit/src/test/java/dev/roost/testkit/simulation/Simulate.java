package dev.roost.testkit.simulation;

import java.time.Duration;
import java.util.Locale;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The long form: plays one schedule after another and prints what happened. Arguments: how many ({@code 100000}) or how long
 * ({@code 30m}), and the first seed. Or {@code replay SEED [MUTATION]}, which prints the course of one schedule.
 */
final class Simulate {
    private static final Logger ENGINE = Logger.getLogger("dev.roost");
    private static final long NEWS_EVERY = 10_000;

    private final Tally tally = new Tally();
    private final long began = System.nanoTime();
    private long played;
    private long failed;
    private long turns;
    private Duration simulated = Duration.ZERO;

    private Simulate() {}

    /** Ends the engine's log, which a simulation has no use for. */
    static void quietly() {
        ENGINE.setLevel(Level.OFF);
    }

    public static void main(String[] args) {
        quietly();
        if (args[0].equals("replay")) {
            replay(Long.parseLong(args[1]), args.length > 2 ? Mutation.valueOf(args[2]) : Mutation.NONE);
        } else {
            new Simulate().run(args[0], Long.parseLong(args[1]));
        }
    }

    private static void replay(long seed, Mutation mutation) {
        Schedule.Result result = Schedule.play(seed, mutation, true);
        result.lines().forEach(System.out::println);
        System.out.println("trace " + Long.toHexString(result.trace()) + ": "
                + (result.failure() == null ? "no promise was broken" : result.failure()));
    }

    private void run(String howMany, long first) {
        boolean byTime = howMany.endsWith("m");
        long most = byTime ? Long.MAX_VALUE : Long.parseLong(howMany);
        long minutes = byTime ? Long.parseLong(howMany.replace("m", "")) : 1_000_000;
        long last = first;
        for (; played < most && seconds() < minutes * 60; last++) {
            play(last);
            if (played % NEWS_EVERY == 0) {
                System.err.printf(
                        Locale.ROOT, "%,d schedules, %d failed, %.0f/s%n", played, failed, played / seconds());
            }
        }
        report(first, last - 1);
        if (failed > 0) {
            System.exit(1);
        }
    }

    private void play(long seed) {
        Schedule.Result result = Schedule.play(seed);
        played++;
        tally.add(result.tally());
        turns += result.turns();
        simulated = simulated.plus(result.time());
        if (result.failure() != null) {
            failed++;
            System.out.println("seed " + seed + ": " + result.failure() + "; replay: proof/simulate replay " + seed);
        }
    }

    private void report(long first, long last) {
        System.out.printf(
                Locale.ROOT,
                "%,d schedules (seeds %d to %d), %d failed; %.0f s, %.0f schedules/s; %,d turns of threads, %,d hours of"
                        + " simulated time%n",
                played,
                first,
                last,
                failed,
                seconds(),
                played / seconds(),
                turns,
                simulated.toHours());
        System.out.println("Java " + Runtime.version() + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, one used");
        new TreeMap<>(tally.all()).forEach((what, count) -> System.out.printf(Locale.ROOT, "%,14d  %s%n", count, what));
    }

    private double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }
}
