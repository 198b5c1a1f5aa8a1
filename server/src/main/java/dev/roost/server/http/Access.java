package dev.roost.server.http;

import dev.roost.core.access.KeyScope;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** Who may call a route. */
public sealed interface Access {
    /** Anybody who can reach the server. */
    record Open() implements Access {}

    /**
     * Programs of this machine, if the server listens on a loopback address and no proxy brought the request; all others
     * need a key with this scope.
     */
    record Local(KeyScope scope) implements Access {}

    /**
     * It takes an API key, wherever the server listens.
     *
     * @param anyOf the key needs one of these scopes; when there are none, any valid key will do
     */
    record Keyed(Set<KeyScope> anyOf) implements Access {
        /** Copies the set. */
        public Keyed {
            anyOf = Collections.unmodifiableSet(new TreeSet<>(anyOf));
        }

        /** Takes a key with this scope. */
        public Keyed(KeyScope scope) {
            this(Set.of(scope));
        }
    }

    /**
     * It is for agents. Programs of this machine come in without anything, as {@link Local} has it, and are then
     * {@link Caller#isLocal local}; others need an API key of any kind, or an access token where there is an authorization
     * server. What a caller may do is for the endpoint to ask it ({@link Caller#has}, {@link Caller#covers}). Whoever is
     * refused is told by {@code WWW-Authenticate} how to come in ({@link Challenges}).
     *
     * @param first the scopes that an agent is told to ask for at first: few, for more can be asked for later
     */
    record Agent(Set<KeyScope> first) implements Access {
        /** Copies the set. */
        public Agent {
            first = Collections.unmodifiableSet(new TreeSet<>(first));
        }
    }

    /**
     * It is for people who signed in to the dashboard with their browser, by a key that is good for all accounts
     * ({@link Call#session}). A request that changes something comes from a page of this server and brings the session's token
     * along, in the header {@code X-CSRF-Token} or the field {@code csrf}.
     *
     * @param anyOf the key needs one of these scopes; when there are none, any valid key will do
     */
    record Browser(Set<KeyScope> anyOf) implements Access {
        /** Copies the set. */
        public Browser {
            anyOf = Collections.unmodifiableSet(new TreeSet<>(anyOf));
        }
    }

    /**
     * It is where people sign in to the dashboard: it takes a form of a page of this server, with an API key in the field
     * {@code key} that is good for all accounts.
     *
     * @param anyOf the key needs one of these scopes
     */
    record SignIn(Set<KeyScope> anyOf) implements Access {
        /** Copies the set. */
        public SignIn {
            anyOf = Collections.unmodifiableSet(new TreeSet<>(anyOf));
        }
    }
}
