package dev.roost.core;

import java.time.Instant;

/**
 * A valid access token as it is handed to a caller.
 *
 * @param account which account
 * @param user whose it is
 * @param token the token
 * @param issuedAt when it was recorded
 * @param expiresAt when X stops accepting it
 * @param refreshAt when Roost will replace it
 * @param generation which pair it belongs to; a caller that X refuses reports this number
 * @param scopes what it covers
 */
public record AccessGrant(
        AccountId account,
        XUser user,
        AccessToken token,
        Instant issuedAt,
        Instant expiresAt,
        Instant refreshAt,
        long generation,
        Scopes scopes) {

    static AccessGrant of(Grant grant) {
        Account account = grant.account();
        Instant refreshAt =
                switch (account.state()) {
                    case AccountState.Active active -> active.nextRefreshAt();
                    case AccountState.Uncertain open -> open.nextRefreshAt();
                    case AccountState.NeedsReauthorization gone -> Instant.MAX;
                    case AccountState.Disconnected gone -> Instant.MAX;
                };
        return new AccessGrant(
                account.id(),
                account.user(),
                grant.tokens().access(),
                account.rotatedAt(),
                account.accessExpiresAt(),
                refreshAt,
                account.generation(),
                account.scopes());
    }
}
