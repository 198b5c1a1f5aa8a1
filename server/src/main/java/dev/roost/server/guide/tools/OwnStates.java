package dev.roost.server.guide.tools;

import dev.roost.core.Secret;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Knows for ten minutes which states {@code getTwitterAuthUrl} gave out, by their fingerprints, so that the callback page
 * can help a person whose sign-in Roost does not keep. Safe for many threads.
 */
final class OwnStates implements Predicate<Secret> {
    private static final int MOST = 10_000;
    private static final Duration KEEP = Duration.ofMinutes(10);

    private final Fingerprints fingerprints;
    private final Remembered<Boolean> states;

    OwnStates(Fingerprints fingerprints, LongSupplier nanoTime) {
        this.fingerprints = fingerprints;
        this.states = new Remembered<>(MOST, KEEP, nanoTime);
    }

    void note(Secret state) {
        states.put(fingerprints.of(state), true);
    }

    @Override
    public boolean test(Secret state) {
        return states.get(fingerprints.of(state)).isPresent();
    }
}
