package dev.roost.proof.chaos;

import dev.roost.proof.chaos.Act.How;
import dev.roost.proof.chaos.Act.Line;
import dev.roost.proof.chaos.Act.What;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import dev.roost.testkit.FaultProxy.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What goes wrong and when, drawn from a seed in rounds of {@link #ROUND}; each round has everything in it. The same seed is
 * the same plan, and a longer plan begins with the shorter one. What the processes make of it is not the same each time: they
 * run on a real machine.
 */
record Plan(long seed, List<Act> acts) {
    static final Duration ROUND = Duration.ofSeconds(24);

    /** All but the answer without an expiry: Roost then takes X's usual two hours, which no token here lives. */
    private static final List<FaultKind> AT_TOKENS = List.of(
            FaultKind.LOSE_ANSWER,
            FaultKind.CUT_BODY,
            FaultKind.UNREADABLE_200,
            FaultKind.TOKENLESS_200,
            FaultKind.STATUS_503_AFTER,
            FaultKind.STATUS_500,
            FaultKind.STATUS_503,
            FaultKind.STATUS_429,
            FaultKind.STATUS_402,
            FaultKind.HTML_403,
            FaultKind.REFUSE,
            FaultKind.NO_REFRESH_TOKEN_200,
            FaultKind.STRING_EXPIRES_IN);

    private static final List<FaultKind> AT_POSTS = List.of(
            FaultKind.LOSE_ANSWER,
            FaultKind.STATUS_503_AFTER,
            FaultKind.STATUS_503,
            FaultKind.STATUS_401,
            FaultKind.CUT_BODY,
            FaultKind.REFUSE);
    /** Longer than Roost waits for X, and over before it may ask again. */
    private static final Duration STALL = Scale.ANSWER.plusMillis(1_500);

    static Plan of(long seed, int rounds) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Act> acts = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Duration begin = ROUND.multipliedBy(round);
            round(random.split(), round).forEach(act -> acts.add(new Act(begin.plus(act.at()), act.what())));
        }
        return new Plan(seed, List.copyOf(acts));
    }

    Duration length() {
        return ROUND.multipliedBy(Math.ceilDiv(
                acts.stream()
                        .map(Act::at)
                        .max(Comparator.naturalOrder())
                        .orElseThrow()
                        .toMillis(),
                ROUND.toMillis()));
    }

    private static List<Act> round(SplittableRandom random, int round) {
        List<What> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(new What.Kill(node(random), millis(random, 100, 2_000)));
        }
        all.add(new What.Pause(node(random), millis(random, 500, 3_000)));
        if (round % 2 == 0) {
            all.add(new What.Pause(node(random), Scale.LEASE.plus(millis(random, 500, 3_000))));
        } else {
            all.add(new What.Crash(millis(random, 4_000, 8_000)));
        }
        all.add(new What.Crash(Duration.ZERO));
        all.add(network(random, Line.DATABASE));
        all.add(network(random, Line.DATABASE));
        all.add(network(random, Line.X));
        all.add(network(random, Line.DOOR));
        all.add(new What.Clock(
                node(random),
                Duration.ofMillis(random.nextInt(-Scale.CLOCK_JUMP_MILLIS, Scale.CLOCK_JUMP_MILLIS + 1))));
        for (int i = 0; i < 12; i++) {
            all.add(new What.AtX(atTokens(pick(random, AT_TOKENS))));
        }
        for (int i = 0; i < 5; i++) {
            all.add(new What.AtX(Fault.of(Endpoint.TWEETS, pick(random, AT_POSTS))));
        }
        all.add(new What.AtX(Fault.stall(Endpoint.TOKEN, STALL)));
        all.add(new What.AtX(Fault.stallBefore(Endpoint.TOKEN, millis(random, 200, 2_000))));
        return all.stream()
                .map(what -> new Act(millis(random, 0, (int) ROUND.toMillis()), what))
                .sorted(Comparator.comparing(Act::at))
                .toList();
    }

    /** X's own limits last a quarter of an hour, and nobody may ask before they end. */
    private static Fault atTokens(FaultKind kind) {
        return kind == FaultKind.STATUS_429
                ? Fault.rateLimited(Endpoint.TOKEN, Scale.X_LIMITS_FOR)
                : Fault.of(Endpoint.TOKEN, kind);
    }

    private static What network(SplittableRandom random, Line line) {
        How how = pick(random, List.of(How.values()));
        Optional<Way> way = random.nextBoolean() ? Optional.empty() : Optional.of(pick(random, List.of(Way.values())));
        return new What.Network(node(random), line, how, way, millis(random, 1_000, 8_000));
    }

    private static int node(SplittableRandom random) {
        return random.nextInt(Scale.NODES);
    }

    private static <T> T pick(SplittableRandom random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static Duration millis(SplittableRandom random, int from, int to) {
        return Duration.ofMillis(random.nextInt(from, to));
    }
}
