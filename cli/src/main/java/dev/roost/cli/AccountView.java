package dev.roost.cli;

import dev.roost.core.Account;
import dev.roost.core.AccountState;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/**
 * An account as the command line shows it; the names are those of {@code --json}.
 *
 * @param id Roost's name of it
 * @param userId the X user id
 * @param username the X username
 * @param state one word: active, uncertain, needs_reauthorization or disconnected
 * @param cause why it is not active, else null
 * @param nextRefreshAt when it is refreshed next, else null
 * @param accessExpiresAt until when the access token is valid
 * @param generation how often its pair has been replaced
 * @param scopes what the user granted
 * @param connectedAt when a person last signed in
 * @param rotatedAt when the present pair was recorded
 */
record AccountView(
        String id,
        String userId,
        String username,
        String state,
        Optional<String> cause,
        Optional<Instant> nextRefreshAt,
        Instant accessExpiresAt,
        long generation,
        SortedSet<String> scopes,
        Instant connectedAt,
        Instant rotatedAt) {

    static AccountView of(Account account) {
        return new AccountView(
                account.id().value(),
                account.user().id(),
                account.user().username(),
                account.state().label(),
                cause(account.state()),
                nextRefresh(account.state()),
                account.accessExpiresAt(),
                account.generation(),
                account.scopes().values(),
                account.connectedAt(),
                account.rotatedAt());
    }

    /** Says the state in words. */
    static String words(AccountState state) {
        return switch (state) {
            case AccountState.Active active -> "active";
            case AccountState.Uncertain open -> "uncertain";
            case AccountState.NeedsReauthorization gone -> "needs sign-in";
            case AccountState.Disconnected gone -> "disconnected";
        };
    }

    private static Optional<String> cause(AccountState state) {
        return switch (state) {
            case AccountState.Active active -> Optional.empty();
            case AccountState.Uncertain open ->
                Optional.of("the answer to the refresh sent at " + Times.exact(open.sentAt()) + " by node "
                        + open.node() + " is missing, so X may have rotated the grant or not");
            case AccountState.NeedsReauthorization gone ->
                Optional.of(gone.cause().explain());
            case AccountState.Disconnected gone -> Optional.of("a person took it out; its tokens are deleted");
        };
    }

    private static Optional<Instant> nextRefresh(AccountState state) {
        return switch (state) {
            case AccountState.Active active -> Optional.of(active.nextRefreshAt());
            case AccountState.Uncertain open -> Optional.of(open.nextRefreshAt());
            case AccountState.NeedsReauthorization gone -> Optional.empty();
            case AccountState.Disconnected gone -> Optional.empty();
        };
    }
}
