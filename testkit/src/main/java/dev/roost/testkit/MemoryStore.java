package dev.roost.testkit;

import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import dev.roost.core.AccountFigures;
import dev.roost.core.AccountId;
import dev.roost.core.AppStates;
import dev.roost.core.Grant;
import dev.roost.core.Holding;
import dev.roost.core.IssuedPair;
import dev.roost.core.Lease;
import dev.roost.core.LeaseAnswer;
import dev.roost.core.Node;
import dev.roost.core.RefreshToken;
import dev.roost.core.RotateAnswer;
import dev.roost.core.Rotation;
import dev.roost.core.Secret;
import dev.roost.core.Settlement;
import dev.roost.core.SignIn;
import dev.roost.core.SignInStatus;
import dev.roost.core.SignInStore;
import dev.roost.core.SignedIn;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.TokenStore;
import dev.roost.core.UseStore;
import dev.roost.core.access.ApiKeyStore;
import dev.roost.core.access.AuditStore;
import dev.roost.core.journal.EventLog;
import dev.roost.core.overview.AccountSearch;
import dev.roost.core.overview.RefreshHistory;
import dev.roost.core.posting.AttemptStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * All stores in memory, under the same contract as the real ones, with outages on demand. It lasts as long as the
 * object: a test plays a restart by building a new keeper on the same store. Safe for many threads.
 */
public final class MemoryStore implements TokenStore, SignInStore {
    private final MemoryTokens tokens;
    private final MemorySignIns signIns;
    private final MemoryApiKeys apiKeys = new MemoryApiKeys(this);
    private final MemoryAudit audit = new MemoryAudit(this);
    private final MemoryHistory history = new MemoryHistory(this);
    private final MemoryAttempts attempts = new MemoryAttempts(this);
    private final MemorySearch search = new MemorySearch(this);
    private final MemoryAppStates appStates;
    private final UseStore uses;
    private volatile Outage outage = Outage.NONE;

    /** How a store can fail a caller. */
    public enum Outage {
        /** It does not. */
        NONE,
        /** Every call throws and changes nothing. */
        BEFORE,
        /** Every call does its work and then throws, as when the connection breaks during the commit. */
        AFTER,
        /** Many grants cannot be read at once, as when that takes too long; all else works. */
        MANY
    }

    /** Makes an empty store that measures leases by the given clock. */
    public MemoryStore(InstantSource leaseClock) {
        tokens = new MemoryTokens(leaseClock);
        signIns = new MemorySignIns(tokens);
        appStates = new MemoryAppStates(this, leaseClock);
        uses = new MemoryUses(leaseClock);
    }

    /** Begins or ends an outage; it lasts until the next call of this method. */
    public void outage(Outage kind) {
        outage = kind;
    }

    /** Returns the API keys; an outage is theirs too. */
    public ApiKeyStore apiKeys() {
        return apiKeys;
    }

    /** Returns which apps X rejects; an outage is theirs too. */
    public AppStates appStates() {
        return appStates;
    }

    /** Returns when accounts were last used. */
    public UseStore uses() {
        return uses;
    }

    /** Returns the attempts to publish; an outage is theirs too. */
    public AttemptStore attempts() {
        return attempts;
    }

    /** Returns how refreshes went; an outage is its too. */
    public RefreshHistory history() {
        return history;
    }

    /** Returns the search for accounts; an outage is its too. */
    public AccountSearch search() {
        return search;
    }

    /** Returns the logs of the accounts; an outage is theirs too. */
    public EventLog events() {
        return new MemoryLog(this, tokens);
    }

    /** Returns the audit trail; an outage is its too. */
    public AuditStore audit() {
        return audit;
    }

    @Override
    public Account connect(SignedIn signedIn) {
        return ask(() -> tokens.connect(signedIn));
    }

    @Override
    public Optional<Grant> grant(AccountId id) {
        return ask(() -> tokens.grant(id));
    }

    @Override
    public List<Grant> grants(Set<AccountId> ids) {
        if (outage == Outage.MANY) {
            throw unavailable();
        }
        return ask(() -> tokens.grants(ids));
    }

    @Override
    public Optional<Account> account(AccountId id) {
        return ask(() -> tokens.account(id));
    }

    @Override
    public Optional<Account> accountOf(String clientId, String xUserId) {
        return ask(() -> tokens.accountOf(clientId, xUserId));
    }

    @Override
    public List<Account> accountsNamed(String clientId, String username) {
        return ask(() -> tokens.accountsNamed(clientId, username));
    }

    @Override
    public List<Account> accounts(String clientId, Optional<AccountId> after, int limit) {
        return ask(() -> tokens.accounts(clientId, after, limit));
    }

    @Override
    public Optional<Holding> holding(String clientId, RefreshToken token, Instant now) {
        return ask(() -> signIns.holding(clientId, token, now));
    }

    @Override
    public AccountFigures figures(String clientId, Instant now) {
        return ask(() -> tokens.figures(clientId, now));
    }

    @Override
    public List<Lease> claim(String clientId, Instant now, Node owner, Duration length, int limit, boolean retries) {
        return ask(() -> tokens.claim(clientId, now, owner, length, limit, retries));
    }

    @Override
    public LeaseAnswer lease(AccountId id, long generation, Lease.Purpose purpose, Node owner, Duration length) {
        return ask(() -> tokens.lease(id, generation, purpose, owner, length));
    }

    @Override
    public RotateAnswer rotate(Rotation rotation) {
        return ask(() -> tokens.rotate(rotation));
    }

    @Override
    public boolean settle(Lease lease, Settlement settlement) {
        return ask(() -> tokens.settle(lease, settlement));
    }

    @Override
    public boolean disconnect(Lease lease, Instant at, String note) {
        return ask(() -> tokens.disconnect(lease, at, note));
    }

    @Override
    public void note(AccountEvent event) {
        tell(() -> tokens.note(event));
    }

    @Override
    public List<AccountEvent> events(AccountId id, int limit) {
        return ask(() -> tokens.events(id, limit));
    }

    @Override
    public void open(SignIn signIn, Secret state, Secret codeVerifier) {
        tell(() -> signIns.open(signIn, state, codeVerifier));
    }

    @Override
    public StateAnswer claim(Secret state, Instant now) {
        return ask(() -> signIns.claim(state, now));
    }

    @Override
    public ImportAnswer openImport(SignIn signIn, RefreshToken token) {
        return ask(() -> signIns.openImport(signIn, token));
    }

    @Override
    public void exchanged(String signInId, IssuedPair pair, Instant at) {
        tell(() -> signIns.exchanged(signInId, pair, at));
    }

    @Override
    public Optional<Account> admit(String signInId, SignedIn signedIn, Optional<SignInStatus.Failed> failure) {
        return ask(() -> signIns.admit(signInId, signedIn, failure));
    }

    @Override
    public void finish(String signInId, SignInStatus status) {
        tell(() -> signIns.finish(signInId, status));
    }

    @Override
    public Optional<SignIn> signIn(String signInId) {
        return ask(() -> signIns.signIn(signInId));
    }

    @Override
    public List<Unidentified> unidentified(String clientId, int limit) {
        return ask(() -> signIns.unidentified(clientId, limit));
    }

    void tell(Runnable call) {
        ask(() -> {
            call.run();
            return Boolean.TRUE;
        });
    }

    <T> T ask(Supplier<T> call) {
        Outage kind = outage;
        if (kind == Outage.BEFORE) {
            throw unavailable();
        }
        T answer = call.get();
        if (kind == Outage.AFTER) {
            throw unavailable();
        }
        return answer;
    }

    private static StoreUnavailableException unavailable() {
        return new StoreUnavailableException(
                "the memory store does not answer, as the test wished; end the outage", new IOException("outage"));
    }
}
