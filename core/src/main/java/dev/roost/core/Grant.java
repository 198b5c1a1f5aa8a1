package dev.roost.core;

/** An account with its live pair. Exists only while there is one: a disconnected account has none. */
public record Grant(Account account, TokenPair tokens) {
    /** Returns the id of the account. */
    public AccountId id() {
        return account.id();
    }

    /** Tells whether the account is connected under this app; with another app X would refuse its tokens. */
    boolean isUnder(String clientId) {
        return account.clientId().equals(clientId);
    }

    /** Returns the generation of the pair. */
    public long generation() {
        return account.generation();
    }
}
