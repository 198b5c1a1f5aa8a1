package dev.roost.server.dashboard.accounts;

import dev.roost.core.AccountState;
import dev.roost.core.overview.Standing;

/**
 * A state for people.
 *
 * @param label in a word or two
 * @param tone the class of its colour, which never says it alone
 */
public record StateWords(String label, String tone) {
    /** Returns those of a state. */
    public static StateWords of(Standing standing) {
        return switch (standing) {
            case ACTIVE -> new StateWords("Active", "good");
            case UNCERTAIN -> new StateWords("Waiting for X", "wait");
            case NEEDS_REAUTHORIZATION -> new StateWords("Needs a sign-in", "bad");
            case DISCONNECTED -> new StateWords("Disconnected", "idle");
        };
    }

    static StateWords of(AccountState state) {
        return of(Standing.of(state));
    }
}
