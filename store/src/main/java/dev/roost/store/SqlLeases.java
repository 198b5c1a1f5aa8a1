package dev.roost.store;

import dev.roost.core.AccountEvent;
import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import dev.roost.core.Lease;
import dev.roost.core.LeaseAnswer;
import dev.roost.core.LossCause;
import dev.roost.core.Node;
import dev.roost.core.Settlement;
import dev.roost.core.StoreUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * Taking and ending leases. Taking one is a single conditional statement, so of two processes at most one succeeds;
 * ending one names owner and fence, so nobody ends the lease of another.
 */
final class SqlLeases {
    private static final Logger LOG = System.getLogger(SqlLeases.class.getName());
    /** How long a row that does not open rests before it is looked at again. */
    private static final Duration UNREADABLE = Duration.ofMinutes(5);

    /**
     * Changes nothing that an index holds, which makes it cheap on PostgreSQL; {@link GrantRow} reads that the account is due
     * again when the lease ends, or somewhat later if nobody says what came of it.
     */
    private static final String TO_REFRESH = """
            UPDATE grants SET lease_owner = :owner, lease_purpose = :purpose, lease_until = <now> + :length,
                fence = fence + 1, sends = sends + 1,
                first_sent_at = CASE WHEN sends = 0 THEN <now> ELSE first_sent_at END,
                first_node = CASE WHEN sends = 0 THEN :owner ELSE first_node END
            """;

    /** What is under way is found among what is due, so who is refreshed on demand is due from now on. */
    private static final String TAKE_TO_REFRESH = TO_REFRESH
            + ", due_at = CASE WHEN due_at > <now> THEN <now> ELSE due_at END"
            + " WHERE account_id = :id AND generation = :generation AND " + GrantTable.REFRESHABLE + " AND "
            + GrantTable.FOLLOWED_UP + " RETURNING fence";

    private static final String CLAIM = """
            WITH picked AS MATERIALIZED (SELECT d.account_id FROM grants d
                WHERE d.client_id = :clientId AND d.due_at BETWEEN :from AND :now AND d.due_at IS NOT NULL AND
            """ + GrantTable.REFRESHABLE + " AND " + GrantTable.FOLLOWED_UP
            + " AND (d.sends = 0 OR :retries = 1) ORDER BY d.due_at, d.account_id LIMIT :limit <skipping>) "
            + TO_REFRESH
            + " WHERE account_id IN (SELECT account_id FROM picked) RETURNING account_id, fence, due_at";
    private static final String TAKE_TO_DISCONNECT = """
            UPDATE grants SET lease_owner = :owner, lease_purpose = :purpose, lease_until = <now> + :length,
                fence = fence + 1
            WHERE account_id = :id AND generation = :generation AND state <> 'disconnected' AND
            """ + GrantTable.FREE + " RETURNING fence";

    private static final String IS_SPENDABLE =
            "SELECT 1 FROM grants WHERE account_id = :id AND " + GrantTable.SPENDABLE;

    private static final String MINE = " WHERE account_id = :id AND lease_owner = :owner AND fence = :fence";
    private static final String RELEASE = " lease_owner = NULL, lease_purpose = NULL, lease_until = NULL";
    private static final String FAILED = " failures = failures + :failed,"
            + " failing_since = CASE WHEN :failed = 1 THEN coalesce(failing_since, :at) ELSE failing_since END,";
    private static final String NO_FAILURES = " failures = 0, failing_since = NULL,";
    private static final String SETTLE_NOT_SPENT = """
            UPDATE grants SET due_at = CASE WHEN state = 'active' THEN :retryAt ELSE due_at END,
                sends = sends - :sent,
                first_sent_at = CASE WHEN sends = :sent THEN NULL ELSE first_sent_at END,
                first_node = CASE WHEN sends = :sent THEN NULL ELSE first_node END,
            """ + FAILED + RELEASE + MINE;
    private static final String SETTLE_UNKNOWN = "UPDATE grants SET"
            + " due_at = CASE WHEN state = 'active' THEN :retryAt ELSE due_at END," + FAILED + RELEASE + MINE;
    private static final String SETTLE_REFUSED = """
            UPDATE grants SET state = 'needs_reauthorization', state_since = :at, due_at = NULL,
                sends = 0, first_sent_at = NULL, first_node = NULL,
                loss_cause = :lossCause, loss_sent_at = :lossSentAt, loss_node = :lossNode,
            """ + NO_FAILURES + RELEASE + MINE;
    private static final String DISCONNECT = """
            UPDATE grants SET state = 'disconnected', state_since = :at, due_at = NULL, generation = generation + 1,
                access_sealed = NULL, refresh_sealed = NULL, key_id = NULL, refresh_fingerprint = NULL,
                sends = 0, first_sent_at = NULL, first_node = NULL,
                loss_cause = NULL, loss_sent_at = NULL, loss_node = NULL,
            """ + NO_FAILURES + RELEASE + MINE;

    private final SqlGate gate;
    private final GrantTable table;
    private final Keyset keyset;
    private final Journal journal;
    private final InstantSource clock;
    private final Once complaints = new Once();
    private final DuePlaces places = new DuePlaces();

    SqlLeases(SqlGate gate, Keyset keyset, Journal journal, InstantSource clock) {
        this.gate = gate;
        this.table = new GrantTable(gate);
        this.keyset = keyset;
        this.journal = journal;
        this.clock = clock;
    }

    /** A row on which a claim has taken a lease. */
    private record Picked(AccountId id, long fence, long dueAt) {}

    LeaseAnswer take(AccountId id, long generation, Lease.Purpose purpose, Node owner, Duration length) {
        Optional<LeaseAnswer> answer = Optional.empty();
        while (answer.isEmpty()) {
            answer = gate.write(handle -> tryTake(handle, id, generation, purpose, owner, length));
        }
        return answer.get();
    }

    /** Takes leases on what is due. A row that does not open is put off, so that it stands in nobody's way. */
    List<Lease> claim(String clientId, Instant now, Node owner, Duration length, int limit, boolean retries) {
        long from = places.from(clientId);
        Claimed claimed = claim(clientId, from, now, owner, length, limit, retries);
        boolean full = claimed.picked().size() == limit;
        places.claimed(
                clientId,
                full,
                claimed.picked().stream().mapToLong(Picked::dueAt).max().orElse(0));
        if (full || from == DuePlaces.START) {
            return claimed.leases();
        }
        int left = limit - claimed.picked().size();
        List<Lease> earlier = claim(clientId, DuePlaces.START, now, owner, length, left, retries)
                .leases();
        return Stream.concat(claimed.leases().stream(), earlier.stream()).toList();
    }

    /** What a claim has brought: the rows, and the leases on those that open. */
    private record Claimed(List<Picked> picked, List<Lease> leases) {}

    private Claimed claim(
            String clientId, long from, Instant now, Node owner, Duration length, int limit, boolean retries) {
        return gate.write(handle -> {
            List<Picked> picked = table.query(handle, CLAIM)
                    .define("skipping", gate.dialect().skipping())
                    .bind("clientId", clientId)
                    .bind("from", from)
                    .bind("now", now.toEpochMilli())
                    .bind("limit", limit)
                    .bind("retries", retries ? 1 : 0)
                    .bind("owner", owner.value())
                    .bind("purpose", Lease.Purpose.REFRESH.name())
                    .bind("length", length.toMillis())
                    .map((row, _) -> new Picked(
                            new AccountId(row.getString("account_id")), row.getLong("fence"), row.getLong("due_at")))
                    .list();
            Map<AccountId, Long> fences = picked.stream().collect(Collectors.toMap(Picked::id, Picked::fence));
            List<Lease> leases = fences.isEmpty() ? List.of() : claimed(handle, fences.keySet(), owner);
            leases.forEach(lease -> fences.remove(lease.id()));
            fences.forEach((id, fence) -> putOff(handle, id, fence, owner, now));
            return new Claimed(picked, leases);
        });
    }

    private List<Lease> claimed(Handle handle, Set<AccountId> ids, Node owner) {
        return table.openable(handle, ids).stream()
                .sorted(Comparator.comparing(GrantRow::wasDueAt)
                        .thenComparing(row -> row.account().id()))
                .flatMap(row -> opened(handle, row, owner).stream())
                .toList();
    }

    private Optional<Lease> opened(Handle handle, GrantRow row, Node owner) {
        if (row.pair().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(granted(handle, row, Lease.Purpose.REFRESH, owner));
        } catch (StoreUnavailableException e) {
            LOG.log(Level.DEBUG, "a row does not open", e);
            return Optional.empty();
        }
    }

    private void putOff(Handle handle, AccountId id, long fence, Node owner, Instant now) {
        if (complaints.isFirst(id.value())) {
            LOG.log(
                    Level.ERROR,
                    "the row of account {0} does not open and is not refreshed; see why with: roost accounts show {0}",
                    id);
        }
        table.update(handle, SETTLE_NOT_SPENT)
                .bind("id", id.value())
                .bind("owner", owner.value())
                .bind("fence", fence)
                .bind("retryAt", now.plus(UNREADABLE).toEpochMilli())
                .bind("sent", 1)
                .bind("failed", 1)
                .bind("at", now.toEpochMilli())
                .execute();
    }

    /** Empty when what stood in the way was gone before it could be named. */
    private Optional<LeaseAnswer> tryTake(
            Handle handle, AccountId id, long generation, Lease.Purpose purpose, Node owner, Duration length) {
        boolean taken = table.query(handle, purpose == Lease.Purpose.REFRESH ? TAKE_TO_REFRESH : TAKE_TO_DISCONNECT)
                .bind("id", id.value())
                .bind("generation", generation)
                .bind("owner", owner.value())
                .bind("purpose", purpose.name())
                .bind("length", length.toMillis())
                .mapTo(Long.class)
                .findOne()
                .isPresent();
        Optional<GrantRow> found = table.row(handle, id);
        if (found.isEmpty()) {
            return Optional.of(new LeaseAnswer.Absent());
        }
        GrantRow row = found.get();
        if (taken) {
            return Optional.of(new LeaseAnswer.Granted(granted(handle, row, purpose, owner)));
        }
        return obstacle(row, generation, purpose)
                .or(() -> purpose == Lease.Purpose.REFRESH ? quarantined(handle, id) : Optional.empty());
    }

    private Optional<LeaseAnswer> quarantined(Handle handle, AccountId id) {
        boolean spendable = table.query(handle, IS_SPENDABLE)
                .bind("id", id.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        return spendable ? Optional.empty() : Optional.of(new LeaseAnswer.Quarantined());
    }

    private Lease granted(Handle handle, GrantRow row, Lease.Purpose purpose, Node owner) {
        GrantRow.Intent intent = row.intent().orElseGet(() -> new GrantRow.Intent(0, row.leaseNow(), owner.value()));
        Lease lease = new Lease(
                row.grant(keyset).orElseThrow(),
                purpose,
                owner,
                row.fence(),
                intent.sends(),
                intent.firstSentAt(),
                intent.firstNode());
        if (purpose == Lease.Purpose.REFRESH && lease.isGuardedRetry()) {
            String detail = "first sent at " + intent.firstSentAt() + " by " + intent.firstNode() + "; this is send "
                    + intent.sends();
            journal.write(handle, entry(lease, clock.instant(), AccountEvent.Kind.GUARDED_RETRY, detail));
        }
        return lease;
    }

    private static Optional<LeaseAnswer> obstacle(GrantRow row, long generation, Lease.Purpose purpose) {
        if (row.account().generation() != generation || !row.canBe(purpose)) {
            return Optional.of(new LeaseAnswer.Moved(row.account()));
        }
        return row.hold()
                .or(() -> purpose == Lease.Purpose.REFRESH ? row.silence().filter(row::isStillOn) : Optional.empty())
                .map(held -> new LeaseAnswer.Held(held.owner(), row.remaining(held)));
    }

    boolean settle(Lease lease, Settlement settlement) {
        return gate.write(handle -> {
            boolean mine =
                    switch (settlement) {
                        case Settlement.NotSpent notSpent ->
                            failed(end(handle, SETTLE_NOT_SPENT, lease), lease, settlement)
                                            .bind("retryAt", notSpent.retryAt().toEpochMilli())
                                            .bind("sent", lease.purpose() == Lease.Purpose.REFRESH ? 1 : 0)
                                            .execute()
                                    == 1;
                        case Settlement.Unknown unknown ->
                            failed(end(handle, SETTLE_UNKNOWN, lease), lease, settlement)
                                            .bind("retryAt", unknown.retryAt().toEpochMilli())
                                            .execute()
                                    == 1;
                        case Settlement.Refused refused -> refuse(handle, lease, refused);
                    };
            if (mine && !settlement.note().isEmpty()) {
                journal.write(
                        handle,
                        entry(lease, settlement.at(), kind(settlement), settlement.note())
                                .asking(settlement.asked())
                                .losing(cause(settlement)));
            }
            return mine;
        });
    }

    /** What ended without a word about it, as in a process that stops, was no failed refresh. */
    private static Update failed(Update update, Lease lease, Settlement settlement) {
        boolean failed =
                lease.purpose() == Lease.Purpose.REFRESH && !settlement.note().isEmpty();
        return update.bind("failed", failed ? 1 : 0).bind("at", settlement.at().toEpochMilli());
    }

    private boolean refuse(Handle handle, Lease lease, Settlement.Refused refused) {
        return LossColumns.of(refused.cause())
                        .bindTo(end(handle, SETTLE_REFUSED, lease))
                        .bind("at", refused.at().toEpochMilli())
                        .execute()
                == 1;
    }

    boolean disconnect(Lease lease, Instant at, String note) {
        if (lease.purpose() != Lease.Purpose.DISCONNECT) {
            throw new IllegalArgumentException("a lease for " + lease.purpose() + " cannot disconnect " + lease.id()
                    + "; take one for " + Lease.Purpose.DISCONNECT);
        }
        return gate.write(handle -> {
            if (end(handle, DISCONNECT, lease).bind("at", at.toEpochMilli()).execute() == 0) {
                return isDoneAlready(handle, lease);
            }
            journal.write(handle, entry(lease, at, AccountEvent.Kind.DISCONNECTED, note));
            return true;
        });
    }

    /** A caller that repeats a call whose answer it missed hears that it worked. */
    private boolean isDoneAlready(Handle handle, Lease lease) {
        return table.row(handle, lease.id())
                .filter(row -> row.fence() == lease.fence())
                .filter(row -> row.account().state() instanceof AccountState.Disconnected)
                .isPresent();
    }

    private Update end(Handle handle, String sql, Lease lease) {
        return table.update(handle, sql)
                .bind("id", lease.id().value())
                .bind("owner", lease.owner().value())
                .bind("fence", lease.fence());
    }

    /** What happens to the generation that is leased, and to its refresh token. */
    private Entry entry(Lease lease, Instant at, AccountEvent.Kind kind, String detail) {
        String owner = lease.owner().value();
        return Entry.of(new AccountEvent(lease.id(), at, kind, lease.grant().generation(), owner, detail))
                .sending(SealedPair.fingerprint(keyset, lease.grant().tokens().refresh()));
    }

    private static Optional<LossCause> cause(Settlement settlement) {
        return settlement instanceof Settlement.Refused refused ? Optional.of(refused.cause()) : Optional.empty();
    }

    private static AccountEvent.Kind kind(Settlement settlement) {
        return switch (settlement) {
            case Settlement.NotSpent n -> AccountEvent.Kind.REFRESH_FAILED;
            case Settlement.Unknown u -> AccountEvent.Kind.ANSWER_MISSING;
            case Settlement.Refused r -> AccountEvent.Kind.REFUSED;
        };
    }
}
