package dev.roost.testkit.simulation;

import dev.roost.core.RefreshPolicy;
import java.time.Duration;

/** How long things take in the simulated world: Roost's proportions, with a token that lives two minutes and not two hours. */
final class Times {
    static final Duration ANSWER_DEADLINE = Duration.ofSeconds(3);
    /** The latest that X looks at a request: later ones are refused connections. */
    static final Duration LATEST_ARRIVAL = Duration.ofSeconds(2);

    /** How long a scheduler rests between two turns, unless it is told otherwise. */
    static final Duration REST = Duration.ofSeconds(1);

    static final RefreshPolicy POLICY = new RefreshPolicy(
            Duration.ofSeconds(40),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            ANSWER_DEADLINE,
            Duration.ofSeconds(9),
            Duration.ofSeconds(6),
            Duration.ofSeconds(1),
            Duration.ofSeconds(20),
            Duration.ofMillis(20),
            4);

    private Times() {}
}
