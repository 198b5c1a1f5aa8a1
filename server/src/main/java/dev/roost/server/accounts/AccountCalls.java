package dev.roost.server.accounts;

import dev.roost.core.AccessGrant;
import dev.roost.core.AccessToken;
import dev.roost.core.AccountId;
import dev.roost.core.AccountNotFoundException;
import dev.roost.core.ReauthorizationRequiredException;
import dev.roost.core.RefreshOutcome;
import dev.roost.core.RefreshPendingException;
import dev.roost.core.Scopes;
import dev.roost.core.TokenKeeper;
import dev.roost.x.XCaller;
import dev.roost.x.XReply;
import java.util.Optional;
import java.util.function.Function;

/**
 * Calls X for an account. Every door goes through here, so that a token that X no longer accepts is replaced in one way:
 * only a 401 refreshes, only the generation that was refused, and the call is made once more and not again. Safe for many
 * threads.
 */
public final class AccountCalls {
    private final TokenKeeper keeper;

    /** Takes tokens from this keeper. */
    public AccountCalls(TokenKeeper keeper) {
        this.keeper = keeper;
    }

    /**
     * Makes the call with a valid token of the account. A second 401 in a row is returned as it is.
     *
     * @param call makes one request to X; a 401 means that X did nothing, so it may be made twice
     * @throws AccountNotFoundException if there is no such account or it was disconnected
     * @throws ReauthorizationRequiredException if the grant is gone
     * @throws RefreshPendingException if there is no valid token now but there may be later
     * @throws dev.roost.core.StoreUnavailableException if the store is away
     */
    public <T> XReply<T> call(AccountId id, Function<XCaller, XReply<T>> call) {
        AccessGrant grant = grant(id);
        XReply<T> reply = call.apply(caller(id, grant.token(), grant.scopes()));
        return reply instanceof XReply.Unauthorized<T> ? call.apply(replaced(id, grant.generation())) : reply;
    }

    /**
     * Returns a valid token of the account, for a call that cannot be made through {@link #call}.
     *
     * @throws AccountNotFoundException if there is no such account or it was disconnected
     * @throws ReauthorizationRequiredException if the grant is gone
     * @throws RefreshPendingException if there is no valid token now but there may be later
     * @throws dev.roost.core.StoreUnavailableException if the store is away
     */
    public AccessGrant grant(AccountId id) {
        return keeper.token(id);
    }

    /**
     * Returns a token newer than the one that X refused with a 401, refreshing if that is still the current one.
     *
     * @throws RefreshPendingException and others, as {@link #grant}
     */
    public AccessToken newerThan(AccessGrant refused) {
        return replaced(refused.account(), refused.generation()).token();
    }

    private static XCaller caller(AccountId id, AccessToken token, Scopes scopes) {
        return new XCaller(token, Optional.of(scopes), "account " + id, id.value());
    }

    private XCaller replaced(AccountId id, long generation) {
        return switch (keeper.refreshRejected(id, generation)) {
            case RefreshOutcome.Fresh fresh ->
                caller(
                        id,
                        fresh.grant().tokens().access(),
                        fresh.grant().account().scopes());
            case RefreshOutcome.Kept kept ->
                throw new RefreshPendingException(
                        "X does not accept the access token of account " + id
                                + " any more, and a new one cannot be had now: " + kept.detail(),
                        kept.retryAt());
            case RefreshOutcome.Lost lost -> throw new ReauthorizationRequiredException(lost.account(), lost.cause());
            case RefreshOutcome.Absent absent ->
                throw new AccountNotFoundException("no account " + absent.id() + "; see: roost accounts list");
        };
    }
}
