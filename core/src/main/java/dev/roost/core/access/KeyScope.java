package dev.roost.core.access;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What an API key allows. Roost's own, not to be confused with the OAuth scopes of an X account. */
public enum KeyScope {
    /** See accounts, their state and their journal. */
    ACCOUNTS_READ("accounts:read"),
    /** Connect, refresh and disconnect accounts. */
    ACCOUNTS_WRITE("accounts:write"),
    /** Take access tokens out. */
    TOKEN_READ("token:read"),
    /** Read at X in an account's name. */
    X_READ("x:read"),
    /** Write at X in an account's name. */
    X_WRITE("x:write"),
    /** Everything, the other scopes included. */
    ADMIN("admin");

    private final String text;

    KeyScope(String text) {
        this.text = text;
    }

    /** Returns its name on the command line, in the API and in the store. */
    public String text() {
        return text;
    }

    /** Tells whether a key with this scope may do what the other one allows. */
    public boolean implies(KeyScope other) {
        return this == other || this == ADMIN;
    }

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException if no scope is called so; the message names those that exist
     */
    public static KeyScope parse(String text) {
        return Arrays.stream(values())
                .filter(scope -> scope.text.equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("there is no key scope \"" + text + "\"; allowed: " + allowed()));
    }

    private static String allowed() {
        return Arrays.stream(values()).map(KeyScope::text).collect(Collectors.joining(", "));
    }
}
