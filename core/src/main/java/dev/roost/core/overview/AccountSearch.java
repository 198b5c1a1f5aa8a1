package dev.roost.core.overview;

import dev.roost.core.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds accounts among very many, for people. The cost of a page does not grow with the accounts; that of a text in the
 * middle of names does. Every method throws {@link dev.roost.core.StoreUnavailableException} when the store cannot answer. Safe
 * for many threads.
 */
public interface AccountSearch {
    /** Returns a page of the accounts of this app. */
    Page find(String clientId, Wanted wanted);

    /**
     * Counts the accounts that are due to be refreshed, in steps from now on. Its cost grows with the accounts, so ask seldom.
     *
     * @return one count a step; the first also counts what is overdue
     */
    List<Long> upcoming(String clientId, Instant from, Duration step, int steps);

    /**
     * What is wanted.
     *
     * @param text part of a username, in any case; or a whole account id or X user id; empty: all
     * @param states labels of {@link dev.roost.core.AccountState}; empty: all
     * @param from where the page begins, from another page; empty: at the start
     * @param limit how many at most, 1 to 200
     */
    record Wanted(String text, Set<String> states, Order order, Optional<String> from, int limit) {
        /** Copies the set. */
        public Wanted {
            states = Set.copyOf(states);
        }
    }

    /** How they are ordered; the id decides between equals. */
    enum Order {
        /** By username, without case. */
        NAME,
        /** Those that need attention first: by state, the longest in it first. */
        ATTENTION,
        /** The next refresh first; those without one last. */
        NEXT_REFRESH,
        /** The access token that expires first, first. */
        EXPIRY,
        /** The newest connected first. */
        CONNECTED
    }

    /**
     * A page.
     *
     * @param next where the next one begins; empty on the last
     * @param previous where the one before begins; empty on the first
     */
    record Page(List<Account> accounts, Optional<String> next, Optional<String> previous) {
        /** Copies the list. */
        public Page {
            accounts = List.copyOf(accounts);
        }
    }
}
