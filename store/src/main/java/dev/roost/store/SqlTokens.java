package dev.roost.store;

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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The grants in SQL: reading here, recording pairs in {@link SqlPairs}, leases in {@link SqlLeases}. */
final class SqlTokens implements TokenStore {
    private final SqlGate gate;
    private final GrantTable table;
    private final Keyset keyset;
    private final SqlHoldings holdings;
    private final SqlPairs pairs;
    private final SqlLeases leases;
    private final Journal journal;

    SqlTokens(SqlGate gate, Keyset keyset, Journal journal, InstantSource clock) {
        this.gate = gate;
        this.table = new GrantTable(gate);
        this.keyset = keyset;
        this.holdings = new SqlHoldings(table);
        this.pairs = new SqlPairs(gate, keyset, journal);
        this.leases = new SqlLeases(gate, keyset, journal, clock);
        this.journal = journal;
    }

    @Override
    public Account connect(SignedIn signedIn) {
        return pairs.connect(signedIn);
    }

    @Override
    public Optional<Grant> grant(AccountId id) {
        return gate.read(handle -> table.row(handle, id)).flatMap(row -> row.grant(keyset));
    }

    @Override
    public List<Grant> grants(Set<AccountId> ids) {
        return gate.read(handle -> table.openable(handle, ids)).stream()
                .flatMap(row -> row.openGrant(keyset).stream())
                .toList();
    }

    @Override
    public Optional<Account> account(AccountId id) {
        return gate.read(handle -> table.row(handle, id)).map(GrantRow::account);
    }

    @Override
    public Optional<Account> accountOf(String clientId, String xUserId) {
        return accounts(
                        "WHERE a.client_id = :clientId AND a.x_user_id = :user",
                        Map.of("clientId", clientId, "user", xUserId))
                .stream()
                .findFirst();
    }

    @Override
    public List<Account> accountsNamed(String clientId, String username) {
        return accounts(
                "WHERE a.client_id = :clientId AND lower(a.username) = lower(:name) ORDER BY a.connected_at DESC, a.id",
                Map.of("clientId", clientId, "name", username));
    }

    @Override
    public List<Account> accounts(String clientId, Optional<AccountId> after, int limit) {
        return accounts(
                "WHERE a.client_id = :clientId AND a.id > :after ORDER BY a.id LIMIT :limit",
                Map.of(
                        "clientId",
                        clientId,
                        "after",
                        after.map(AccountId::value).orElse(""),
                        "limit",
                        limit));
    }

    @Override
    public Optional<Holding> holding(String clientId, RefreshToken token, Instant now) {
        String fingerprint = SealedPair.fingerprint(keyset, token);
        return gate.read(handle -> holdings.find(handle, clientId, fingerprint, now));
    }

    @Override
    public AccountFigures figures(String clientId, Instant now) {
        return gate.read(handle -> Figures.count(table, handle, clientId, now));
    }

    @Override
    public List<Lease> claim(String clientId, Instant now, Node owner, Duration length, int limit, boolean retries) {
        return leases.claim(clientId, now, owner, length, limit, retries);
    }

    @Override
    public LeaseAnswer lease(AccountId id, long generation, Lease.Purpose purpose, Node owner, Duration length) {
        return leases.take(id, generation, purpose, owner, length);
    }

    @Override
    public RotateAnswer rotate(Rotation rotation) {
        RotateAnswer answer = pairs.rotate(rotation);
        if (answer instanceof RotateAnswer.Recorded) {
            gate.herald().rotated(rotation.id(), rotation.spent() + 1);
        }
        return answer;
    }

    @Override
    public boolean settle(Lease lease, Settlement settlement) {
        return leases.settle(lease, settlement);
    }

    @Override
    public boolean disconnect(Lease lease, Instant at, String note) {
        return leases.disconnect(lease, at, note);
    }

    @Override
    public void note(AccountEvent event) {
        gate.change(handle -> journal.write(handle, event));
    }

    @Override
    public List<AccountEvent> events(AccountId id, int limit) {
        return gate.read(handle -> Journal.newest(handle, id, limit));
    }

    private List<Account> accounts(String condition, Map<String, ?> values) {
        return gate.read(handle ->
                table.rows(handle, condition, values).map(GrantRow::account).toList());
    }
}
