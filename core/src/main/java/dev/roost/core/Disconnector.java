package dev.roost.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Takes an account out of Roost because a person asked for it: revokes its pair at X, then deletes it here. What has begun goes
 * on on a thread of its own, whatever becomes of the caller: a pair that is dead at X must not stay here as alive. Safe for
 * many threads; who asks while it is under way gets the same outcome.
 */
public final class Disconnector {
    private static final Duration POLL = Duration.ofMillis(100);

    private final TokenStore store;
    private final TokenEndpoint endpoint;
    private final TokenKeeper keeper;
    private final RefreshPolicy policy;
    private final World world;
    private final Flights<AccountId, Optional<String>> flights;

    /** Wires it for the app of the endpoint. */
    public Disconnector(
            TokenStore store, TokenEndpoint endpoint, TokenKeeper keeper, RefreshPolicy policy, World world) {
        this.store = store;
        this.endpoint = endpoint;
        this.keeper = keeper;
        this.policy = policy;
        this.world = world;
        this.flights = new Flights<>(world.executor());
    }

    /**
     * Revokes both tokens at X and deletes them here. Waits for a refresh under way, so that no pair is left behind
     * alive. The pair is deleted here even if X cannot be reached.
     *
     * @return empty when X confirmed, else what X did not confirm and what the person can do about it
     * @throws AccountNotFoundException if there is no such account, or it is disconnected already
     * @throws RefreshPendingException if another process held the account for too long; nothing was changed
     * @throws StoreUnavailableException if the store is away
     */
    public Optional<String> disconnect(AccountId id) {
        try {
            return flights.join(id, () -> disconnectHere(id)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof KeeperException known) {
                throw known;
            }
            throw e;
        }
    }

    /**
     * Like {@link #disconnect}, for a caller who may be called off.
     *
     * @throws InterruptedException if the thread was interrupted; the account is disconnected all the same
     */
    public Optional<String> disconnectOrLeave(AccountId id) throws InterruptedException {
        return flights.await(id, () -> disconnectHere(id));
    }

    /** Waits for what is under way; false when something still is after the duration. */
    boolean awaitLanding(Duration atMost) {
        return flights.awaitLanding(atMost, world.sleeper());
    }

    private Optional<String> disconnectHere(AccountId id) {
        long start = world.nanoTime().getAsLong();
        while (true) {
            Account account = store.account(id)
                    .filter(a -> !(a.state() instanceof AccountState.Disconnected))
                    .orElseThrow(() -> new AccountNotFoundException("no account " + id + "; see: roost accounts list"));
            if (!keeper.drained(id)) {
                Instant retryAt = world.clock().instant().plus(policy.firstBackoff());
                throw new RefreshPendingException("an answer of X for account " + id + " rests in the spool", retryAt);
            }
            LeaseAnswer answer =
                    store.lease(id, account.generation(), Lease.Purpose.DISCONNECT, world.node(), policy.leaseLength());
            if (answer instanceof LeaseAnswer.Granted granted) {
                return revokeAndDelete(granted.lease());
            }
            if (world.since(start).compareTo(policy.leaseLength().multipliedBy(2)) > 0) {
                Instant retryAt = world.clock().instant().plus(policy.leaseLength());
                throw new RefreshPendingException("account " + id + " is being refreshed", retryAt);
            }
            world.pause(POLL);
        }
    }

    private Optional<String> revokeAndDelete(Lease lease) {
        Optional<String> failed = endpoint.revoke(lease.grant().tokens())
                .map(
                        why -> "X did not confirm the revocation (" + why
                                + "). The tokens are deleted here; to be sure, remove the app at x.com/settings/connected_apps");
        if (!store.disconnect(lease, world.clock().instant(), failed.orElse("revoked at X"))) {
            throw new RefreshPendingException(
                    "account " + lease.id() + " changed meanwhile",
                    world.clock().instant());
        }
        keeper.forget(lease.id());
        return failed;
    }
}
