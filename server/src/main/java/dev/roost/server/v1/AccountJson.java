package dev.roost.server.v1;

import dev.roost.core.Account;
import dev.roost.core.AccountState;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/**
 * An account as every door shows it. What there is none of is null.
 *
 * @param lastRefreshAt when its pair was last refreshed; null when it has not been since a person signed in
 */
public record AccountJson(
        String id,
        String username,
        String xUserId,
        String state,
        Optional<String> stateReason,
        SortedSet<String> scopes,
        long generation,
        Instant accessExpiresAt,
        Optional<Instant> lastRefreshAt,
        Optional<Instant> nextRefreshAt,
        Instant connectedAt,
        String clientId) {

    /** Shows this account. */
    public static AccountJson of(Account account) {
        return new AccountJson(
                account.id().value(),
                account.user().username(),
                account.user().id(),
                account.state().label(),
                reason(account.state()),
                account.scopes().values(),
                account.generation(),
                account.accessExpiresAt(),
                Optional.of(account.rotatedAt()).filter(at -> at.isAfter(account.connectedAt())),
                next(account.state()),
                account.connectedAt(),
                account.clientId());
    }

    private static Optional<String> reason(AccountState state) {
        return switch (state) {
            case AccountState.Active active -> Optional.empty();
            case AccountState.Uncertain open ->
                Optional.of("the answer to the refresh sent at " + open.sentAt() + " by node " + open.node()
                        + " is missing, so X may have rotated the grant or not; a guarded retry will tell");
            case AccountState.NeedsReauthorization gone ->
                Optional.of(gone.cause().explain());
            case AccountState.Disconnected gone -> Optional.of("a person took it out; its tokens are deleted");
        };
    }

    private static Optional<Instant> next(AccountState state) {
        return switch (state) {
            case AccountState.Active active -> Optional.of(active.nextRefreshAt());
            case AccountState.Uncertain open -> Optional.of(open.nextRefreshAt());
            case AccountState.NeedsReauthorization gone -> Optional.empty();
            case AccountState.Disconnected gone -> Optional.empty();
        };
    }
}
