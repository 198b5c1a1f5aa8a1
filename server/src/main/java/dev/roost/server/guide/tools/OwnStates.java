package dev.roost.server.guide.tools;

import dev.roost.core.SealedMemory;
import dev.roost.core.Secret;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Knows for ten minutes which states {@code getTwitterAuthUrl} gave out, without holding them, so that the callback page
 * can help a person whose sign-in Roost does not keep. Safe for many threads.
 */
final class OwnStates implements Predicate<Secret> {
    private static final int MOST = 10_000;
    private static final Duration KEEP = Duration.ofMinutes(10);

    private final SealedMemory states;

    OwnStates(Workshop workshop) {
        this.states = new SealedMemory(MOST, KEEP, workshop.nanoTime(), workshop.random());
    }

    void note(Secret state) {
        states.keep(List.of(state), List.of());
    }

    @Override
    public boolean test(Secret state) {
        return states.recall(List.of(state)).isPresent();
    }
}
