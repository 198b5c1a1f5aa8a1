package dev.roost.server.dashboard.accounts;

import dev.roost.core.Account;
import dev.roost.core.AccountState;
import java.time.Instant;
import java.util.Optional;

/**
 * An account on the list.
 *
 * @param id of the account
 * @param username without the {@code @}
 * @param userId at X
 * @param state how it stands
 * @param since since when it needs somebody or waits; empty where that tells nothing
 * @param expires when the access token expires or did; empty where there is none
 * @param isExpired whether it has
 * @param nextRefresh when the next one is due; empty where there will be none
 * @param connected when a person last signed in
 */
public record Row(
        String id,
        String username,
        String userId,
        StateWords state,
        Optional<Instant> since,
        Optional<Instant> expires,
        boolean isExpired,
        Optional<Instant> nextRefresh,
        Instant connected) {

    static Row of(Account account, Instant now) {
        Optional<Instant> expires = account.state() instanceof AccountState.Disconnected
                ? Optional.empty()
                : Optional.of(account.accessExpiresAt());
        return new Row(
                account.id().value(),
                account.user().username(),
                account.user().id(),
                StateWords.of(account.state()),
                since(account.state()),
                expires,
                expires.filter(at -> !at.isAfter(now)).isPresent(),
                nextRefresh(account.state()),
                account.connectedAt());
    }

    static Optional<Instant> nextRefresh(AccountState state) {
        return switch (state) {
            case AccountState.Active active -> Optional.of(active.nextRefreshAt());
            case AccountState.Uncertain uncertain -> Optional.of(uncertain.nextRefreshAt());
            case AccountState.NeedsReauthorization n -> Optional.empty();
            case AccountState.Disconnected d -> Optional.empty();
        };
    }

    private static Optional<Instant> since(AccountState state) {
        return switch (state) {
            case AccountState.Active a -> Optional.empty();
            case AccountState.Uncertain uncertain -> Optional.of(uncertain.sentAt());
            case AccountState.NeedsReauthorization needs -> Optional.of(needs.since());
            case AccountState.Disconnected gone -> Optional.of(gone.since());
        };
    }
}
