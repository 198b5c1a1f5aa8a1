package dev.roost.core.overview;

import dev.roost.core.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds accounts among very many, for people. The cost of a page does not grow with the accounts, in any order and for any
 * states; that of a part of a name does. Every method throws {@link dev.roost.core.StoreUnavailableException} when the store cannot answer. Safe
 * for many threads.
 */
public interface AccountSearch {
    /**
     * Returns a page of the accounts of this app. What changes between two pages may be missed or seen twice; all else is seen
     * once.
     *
     * @throws IllegalArgumentException if {@link Wanted#from} comes from another search; the message is for people
     */
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
     * @param text part of a username, in any case, with or without {@code @}; or a whole account id or X user id; empty: all
     * @param states empty: all
     * @param from where the page begins, from another page of the same search; empty: at the start
     * @param limit how many at most, 1 to 200
     */
    record Wanted(String text, Set<Standing> states, Order order, Optional<String> from, int limit) {
        /** The most accounts that a page has. */
        public static final int MOST = 200;

        /**
         * Copies the set.
         *
         * @throws IllegalArgumentException if the limit is out of range
         */
        public Wanted {
            states = Set.copyOf(states);
            if (limit < 1 || limit > MOST) {
                throw new IllegalArgumentException("limit is " + limit + "; allowed: 1 to " + MOST);
            }
        }
    }

    /** How they are ordered; the id decides between equals. */
    enum Order {
        /** By username, without case. */
        NAME,
        /** Those that need attention first: by {@link Standing}, the longest in it first; of active ones the oldest pair. */
        ATTENTION,
        /** The next refresh first; those without one last, the longest without first. */
        NEXT_REFRESH,
        /** The access token that expires first, first; disconnected accounts, which have none, last. */
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
