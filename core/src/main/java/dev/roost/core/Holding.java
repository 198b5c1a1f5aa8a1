package dev.roost.core;

import java.time.Instant;
import java.util.Optional;

/** What a store knows of a refresh token that somebody brings: whose it is, or whose it was. */
public sealed interface Holding {
    /** It is the refresh token that the account has now, dead or alive. */
    record Live(Account account) implements Holding {}

    /**
     * It was spent for a pair of this account; spending it again could kill the grant.
     *
     * @param account as it stands now
     * @param successor the generation of the pair that it was spent for
     * @param at when that was
     */
    record Spent(Account account, long successor, Instant at) implements Holding {
        /** Tells whether the account has had no other pair since the one that the token was spent for. */
        public boolean isPredecessor() {
            return successor == account.generation();
        }
    }

    /** An import is spending it, or has spent it and waits for X to say whose the new pair is. */
    record Importing(SignIn signIn) implements Holding {}

    /** Returns the account that has the token or spent it; empty while an import is at it. */
    default Optional<Account> owner() {
        return switch (this) {
            case Live live -> Optional.of(live.account());
            case Spent spent -> Optional.of(spent.account());
            case Importing importing -> Optional.empty();
        };
    }
}
