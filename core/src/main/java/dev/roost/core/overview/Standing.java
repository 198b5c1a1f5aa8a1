package dev.roost.core.overview;

import dev.roost.core.AccountState;
import java.util.Arrays;
import java.util.Optional;

/** The states of accounts in the order in which they need a person's attention. */
public enum Standing {
    /** A person has to sign in. */
    NEEDS_REAUTHORIZATION("needs_reauthorization"),
    /** A refresh has no answer yet. */
    UNCERTAIN("uncertain"),
    /** All is well. */
    ACTIVE("active"),
    /** A person took it out. */
    DISCONNECTED("disconnected");

    private final String label;

    Standing(String label) {
        this.label = label;
    }

    /** Returns the word of {@link AccountState#label}. */
    public String label() {
        return label;
    }

    /** Returns that of a state. */
    public static Standing of(AccountState state) {
        return switch (state) {
            case AccountState.NeedsReauthorization n -> NEEDS_REAUTHORIZATION;
            case AccountState.Uncertain u -> UNCERTAIN;
            case AccountState.Active a -> ACTIVE;
            case AccountState.Disconnected d -> DISCONNECTED;
        };
    }

    /** Returns the one with this label. */
    public static Optional<Standing> of(String label) {
        return Arrays.stream(values())
                .filter(standing -> standing.label.equals(label))
                .findFirst();
    }
}
