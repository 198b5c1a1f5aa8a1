package dev.roost.core.overview;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import dev.roost.core.overview.AccountSearch.Order;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/**
 * Where an account stands in an order: smaller comes first. What all implementations of {@link AccountSearch} share.
 *
 * @param rank comes before all else
 * @param number a time in milliseconds since 1970, or 0
 * @param name the username in small letters, or empty
 * @param id decides between equals
 */
public record Place(int rank, long number, String name, AccountId id) implements Comparable<Place> {
    private static final Comparator<Place> ORDER = Comparator.<Place>comparingInt(place -> place.rank)
            .thenComparingLong(Place::number)
            .thenComparing(Place::name)
            .thenComparing(Place::id);

    /** Returns the place of an account. */
    public static Place of(Account account, Order order) {
        return switch (order) {
            case NAME -> new Place(0, 0, account.user().username().toLowerCase(Locale.ROOT), account.id());
            case ATTENTION -> numbered(rank(order, account.state()), since(account), account);
            case NEXT_REFRESH -> numbered(rank(order, account.state()), nextRefresh(account), account);
            case EXPIRY -> numbered(rank(order, account.state()), expiry(account), account);
            case CONNECTED -> numbered(0, newness(account.connectedAt()), account);
        };
    }

    /** Returns the rank of all accounts in this state. */
    public static int rankOf(Order order, Standing standing) {
        return switch (order) {
            case NAME, CONNECTED -> 0;
            case ATTENTION ->
                switch (standing) {
                    case NEEDS_REAUTHORIZATION -> 0;
                    case UNCERTAIN -> 1;
                    case ACTIVE -> 2;
                    case DISCONNECTED -> 3;
                };
            case NEXT_REFRESH ->
                switch (standing) {
                    case ACTIVE, UNCERTAIN -> 0;
                    case NEEDS_REAUTHORIZATION -> 1;
                    case DISCONNECTED -> 2;
                };
            case EXPIRY -> standing == Standing.DISCONNECTED ? 1 : 0;
        };
    }

    /** Returns a number that is the smaller the later the time is. */
    public static long newness(Instant time) {
        return -time.toEpochMilli();
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    private static Place numbered(int rank, long number, Account account) {
        return new Place(rank, number, "", account.id());
    }

    private static int rank(Order order, AccountState state) {
        return rankOf(order, Standing.of(state));
    }

    private static long since(Account account) {
        return switch (account.state()) {
            case AccountState.NeedsReauthorization n -> n.since().toEpochMilli();
            case AccountState.Uncertain u -> u.sentAt().toEpochMilli();
            case AccountState.Active a -> account.rotatedAt().toEpochMilli();
            case AccountState.Disconnected d -> d.since().toEpochMilli();
        };
    }

    private static long nextRefresh(Account account) {
        return switch (account.state()) {
            case AccountState.Active a -> a.nextRefreshAt().toEpochMilli();
            case AccountState.Uncertain u -> u.nextRefreshAt().toEpochMilli();
            case AccountState.NeedsReauthorization n -> since(account);
            case AccountState.Disconnected d -> since(account);
        };
    }

    private static long expiry(Account account) {
        return account.state() instanceof AccountState.Disconnected
                ? since(account)
                : account.accessExpiresAt().toEpochMilli();
    }
}
