package dev.roost.server.dashboard.overview;

import dev.roost.core.EngineEvent.Outcome;
import dev.roost.core.overview.RefreshHistory.Counts;
import java.util.List;

/**
 * The budget of lost grants. A rotation is a refresh for which X issued a new pair, or one whose answer was lost and the grant
 * with it. Grants that a user revoked, or that X ended for reasons of its own, are not lost in this sense.
 *
 * @param rotated refreshes for which X issued a new pair that is kept
 * @param lost grants lost because the answer was
 */
record Losses(long rotated, long lost) {
    /** One loss in so many rotations is allowed: 99.99 % are to go well. */
    private static final long ONE_IN = 10_000;

    static final String OBJECTIVE = "99.99 %";

    static Losses of(List<Counts> steps) {
        return new Losses(
                steps.stream()
                        .mapToLong(step -> step.outcomes().getOrDefault(Outcome.ROTATED, 0L))
                        .sum(),
                steps.stream().mapToLong(Counts::lost).sum());
    }

    long rotations() {
        return rotated + lost;
    }

    /** How many losses the objective allows among so many rotations. */
    long allowed() {
        return rotations() / ONE_IN;
    }

    long left() {
        return allowed() - lost;
    }

    /** The share of rotations in which no grant was lost, from 0 to 1; 1 when there was none. */
    double share() {
        return rotations() == 0 ? 1 : (double) rotated / rotations();
    }

    boolean isKept() {
        return lost <= allowed();
    }
}
