package dev.roost.server.mcp.accounts;

import java.util.Optional;

/** Makes sure that somebody listens where X sends people back to. Safe for many threads. */
@FunctionalInterface
public interface SignInArrival {
    /** For a process that listens anyway. */
    SignInArrival LISTENING = Optional::empty;

    /**
     * Listens from now on, unless somebody does already who puts what comes into the same store. Called before a person is
     * sent to X; quick when there is nothing to do.
     *
     * @return empty if somebody listens; else why nobody can and what to do about it, for people
     */
    Optional<String> ensure();
}
