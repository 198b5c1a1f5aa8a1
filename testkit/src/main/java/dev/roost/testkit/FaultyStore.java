package dev.roost.testkit;

import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import dev.roost.core.AccountFigures;
import dev.roost.core.AccountId;
import dev.roost.core.Grant;
import dev.roost.core.Holding;
import dev.roost.core.Lease;
import dev.roost.core.LeaseAnswer;
import dev.roost.core.Node;
import dev.roost.core.RefreshToken;
import dev.roost.core.RotateAnswer;
import dev.roost.core.Rotation;
import dev.roost.core.Settlement;
import dev.roost.core.SignedIn;
import dev.roost.core.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A store as one process sees it, with that process's {@link Faults} before and after each of its methods. */
public record FaultyStore(TokenStore store, Faults faults) implements TokenStore {
    @Override
    public Account connect(SignedIn signedIn) {
        return faults.at("connect", () -> store.connect(signedIn));
    }

    @Override
    public Optional<Grant> grant(AccountId id) {
        return faults.at("grant", () -> store.grant(id));
    }

    @Override
    public List<Grant> grants(Set<AccountId> ids) {
        return faults.at("grants", () -> store.grants(ids));
    }

    @Override
    public Optional<Account> account(AccountId id) {
        return faults.at("account", () -> store.account(id));
    }

    @Override
    public Optional<Account> accountOf(String clientId, String xUserId) {
        return faults.at("accountOf", () -> store.accountOf(clientId, xUserId));
    }

    @Override
    public List<Account> accountsNamed(String clientId, String username) {
        return faults.at("accountsNamed", () -> store.accountsNamed(clientId, username));
    }

    @Override
    public List<Account> accounts(String clientId, Optional<AccountId> after, int limit) {
        return faults.at("accounts", () -> store.accounts(clientId, after, limit));
    }

    @Override
    public Optional<Holding> holding(String clientId, RefreshToken token, Instant now) {
        return faults.at("holding", () -> store.holding(clientId, token, now));
    }

    @Override
    public AccountFigures figures(String clientId, Instant now) {
        return faults.at("figures", () -> store.figures(clientId, now));
    }

    @Override
    public List<Lease> claim(String clientId, Instant now, Node owner, Duration length, int limit, boolean retries) {
        return faults.at("claim", () -> store.claim(clientId, now, owner, length, limit, retries));
    }

    @Override
    public LeaseAnswer lease(AccountId id, long generation, Lease.Purpose purpose, Node owner, Duration length) {
        return faults.at("lease", () -> store.lease(id, generation, purpose, owner, length));
    }

    @Override
    public RotateAnswer rotate(Rotation rotation) {
        return faults.at("rotate", () -> store.rotate(rotation));
    }

    @Override
    public boolean settle(Lease lease, Settlement settlement) {
        return faults.at("settle", () -> store.settle(lease, settlement));
    }

    @Override
    public boolean disconnect(Lease lease, Instant at, String note) {
        return faults.at("disconnect", () -> store.disconnect(lease, at, note));
    }

    @Override
    public void note(AccountEvent event) {
        faults.at("note", () -> {
            store.note(event);
            return event;
        });
    }

    @Override
    public List<AccountEvent> events(AccountId id, int limit) {
        return faults.at("events", () -> store.events(id, limit));
    }
}
