package dev.roost.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where grants are kept. Every change names what it expects (a generation, or an owner and a fence) and does nothing
 * when that no longer holds; losing such a race is an answer, not an error. A method that returns has made its change
 * durable: it survives kill -9 and loss of power. Safe for many threads and many processes.
 *
 * <p>Leases are measured by the store's own clock. All other times are the caller's.
 *
 * <p>Every method throws {@link StoreUnavailableException} when the store cannot answer; then the change may have been
 * made or not, and the same call may be repeated.
 */
public interface TokenStore {
    /**
     * Records a sign-in: a new account, or a new pair for the account that this X user already has under this app.
     * Either way the state is active, the generation grows by one (to 1 for a new account), and intent and lease are
     * cleared, for X has killed what they were about.
     *
     * @return the account as it now is; its id is {@link SignedIn#newId()} only if it is new
     */
    Account connect(SignedIn signedIn);

    /** Returns the account with its pair; empty when there is no such account or it has no pair. */
    Optional<Grant> grant(AccountId id);

    /** Returns those of these accounts that have a pair, with it, in no order. One that cannot be read is left out. */
    List<Grant> grants(Set<AccountId> ids);

    /** Returns the account, whatever its state. */
    Optional<Account> account(AccountId id);

    /** Returns the account that this X user has under this app. */
    Optional<Account> accountOf(String clientId, String xUserId);

    /** Returns the accounts with this username under this app, compared without case; the most recently connected first. */
    List<Account> accountsNamed(String clientId, String username);

    /** Returns accounts under this app in order of id, those after the given one (empty: from the start). */
    List<Account> accounts(String clientId, Optional<AccountId> after, int limit);

    /**
     * Returns what is known of a refresh token under this app, found by keyed fingerprint; empty when it is nobody's. An
     * import that began two minutes ago or more and was not finished counts for nothing. A token that is both an account's
     * and an earlier one's is {@link Holding.Live}.
     */
    Optional<Holding> holding(String clientId, RefreshToken token, Instant now);

    /** Counts the accounts of this app, all in one moment. Reads indexes only, yet the cost grows with the accounts. */
    AccountFigures figures(String clientId, Instant now);

    /**
     * Takes leases to refresh up to {@code limit} accounts under this app that want a refresh at {@code now}, about the
     * longest due first, each as {@link #lease} does, and all in one transaction. Accounts under a live lease are left
     * out, those whose lease ended without a settlement until {@link Lease#followedUpAt}, and those that another process is
     * taking at this moment: of many processes that ask at once, each gets others. Its cost grows with what is due, not
     * with what exists.
     *
     * @param owner the process that asks, see {@link Node}
     * @param length how long the leases last on the store's clock
     * @param retries whether accounts may be among them whose present token was sent before
     */
    List<Lease> claim(String clientId, Instant now, Node owner, Duration length, int limit, boolean retries);

    /**
     * Takes the right to act on one generation of an account. For {@link Lease.Purpose#REFRESH} the same statement
     * writes the intent: a durable note that this generation is about to be sent. When a send of this generation was
     * noted before, the journal gets an {@link AccountEvent.Kind#GUARDED_RETRY} entry in the same transaction. The account
     * is due again at {@link Lease#followedUpAt}, so that somebody looks again if the owner dies.
     *
     * @param owner the process that asks, see {@link Node}
     * @param length how long the lease lasts on the store's clock
     */
    LeaseAnswer lease(AccountId id, long generation, Lease.Purpose purpose, Node owner, Duration length);

    /**
     * Records a rotation if the account still stands at the generation that was spent, or before it, as after the restore
     * of a backup; no lease is needed, for an answer of X is never dropped. Remembers the fingerprint of what was spent. Sets
     * the spent generation + 1, the new pair, active, the next refresh; clears intent and lease.
     * Recording the same answer twice is {@link RotateAnswer.Recorded} twice.
     */
    RotateAnswer rotate(Rotation rotation);

    /**
     * Ends a lease whose refresh brought no new pair.
     *
     * @return false, and nothing changed, when the lease is no longer the account's newest
     */
    boolean settle(Lease lease, Settlement settlement);

    /**
     * Deletes the pair and leaves a tombstone. Needs a lease for {@link Lease.Purpose#DISCONNECT}.
     *
     * @param note what was said to X, for the journal
     * @return false, and nothing changed, when the lease is no longer the account's newest
     */
    boolean disconnect(Lease lease, Instant at, String note);

    /** Notes something in the journal of an account that none of the other methods does. */
    void note(AccountEvent event);

    /** Returns the newest entries of an account's journal, newest first. */
    List<AccountEvent> events(AccountId id, int limit);
}
