package dev.roost.store;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import dev.roost.core.Grant;
import dev.roost.core.Lease;
import dev.roost.core.LossCause;
import dev.roost.core.Scopes;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.XUser;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One row of the table of accounts joined with its row of the table of grants.
 *
 * @param account how it stands by the lease clock
 * @param pair the sealed pair, unless disconnected
 * @param hold the live lease
 * @param silence a lease to refresh that has ended without a settlement, as if it went on until it is followed up
 * @param fence of the newest lease
 * @param intent what is noted as sent
 * @param wasDueAt when it was due before the lease, if any; the epoch if it never is
 * @param leaseNow the time by the lease clock when the row was read
 */
record GrantRow(
        Account account,
        Optional<SealedPair> pair,
        Optional<Hold> hold,
        Optional<Hold> silence,
        long fence,
        Optional<Intent> intent,
        Instant wasDueAt,
        Instant leaseNow) {
    private static final Logger LOG = System.getLogger(GrantRow.class.getName());

    /** Reads everything that the mapper wants; conditions follow. */
    static final String SELECT = "SELECT a.client_id, a.x_user_id, a.username, a.connected_at,"
            + " g.account_id, g.generation, g.state, g.state_since, g.scopes, g.access_sealed, g.refresh_sealed,"
            + " g.key_id, g.refresh_fingerprint, g.access_expires_at, g.rotated_at, g.due_at, g.lease_owner,"
            + " g.lease_purpose, g.lease_until, g.fence, g.sends, g.first_sent_at, g.first_node, g.loss_cause,"
            + " g.loss_sent_at, g.loss_node, <now> AS lease_now"
            + " FROM accounts a JOIN grants g ON g.account_id = a.id ";

    /** Who has the lease, what for, and until when by the lease clock. */
    record Hold(String owner, Lease.Purpose purpose, Instant until) {
        private boolean isLive(Instant now) {
            return until.isAfter(now) && !isAhead(now);
        }

        private boolean isAhead(Instant now) {
            return until.isAfter(now.plus(GrantTable.LONGEST_LEASE));
        }
    }

    /** How often the generation was noted as sent, and the first of those. */
    record Intent(int sends, Instant firstSentAt, String firstNode) {}

    static GrantRow read(ResultSet row) throws SQLException {
        Instant leaseNow = time(row, "lease_now");
        Optional<Hold> newest = hold(row).filter(held -> !held.isAhead(leaseNow));
        Optional<Hold> hold = newest.filter(held -> held.isLive(leaseNow));
        Optional<Hold> silence = silence(newest, time(row, "access_expires_at"), leaseNow);
        Optional<Intent> intent = intent(row);
        return new GrantRow(
                account(row, state(row, due(row, hold.or(() -> silence)), hold, intent)),
                pair(row),
                hold,
                silence,
                row.getLong("fence"),
                intent,
                time(row, "due_at"),
                leaseNow);
    }

    /** Reads a row that may be one that no version of Roost writes. */
    static Optional<GrantRow> tryRead(ResultSet row) {
        try {
            return Optional.of(read(row));
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.DEBUG, "a row cannot be read", e);
            return Optional.empty();
        }
    }

    private static Optional<Hold> silence(Optional<Hold> newest, Instant accessExpiresAt, Instant leaseNow) {
        return newest.filter(held -> held.purpose() == Lease.Purpose.REFRESH && !held.isLive(leaseNow))
                .map(held -> new Hold(held.owner(), held.purpose(), Lease.followedUpAt(held.until(), accessExpiresAt)));
    }

    /** A lease to refresh leaves the column alone, and the account is due again when it, or the silence after it, ends. */
    private static Instant due(ResultSet row, Optional<Hold> hold) throws SQLException {
        Instant due = time(row, "due_at");
        return hold.filter(held -> held.purpose() == Lease.Purpose.REFRESH)
                .map(Hold::until)
                .filter(until -> until.isAfter(due))
                .orElse(due);
    }

    Optional<Grant> grant(Keyset keyset) {
        return pair.map(kept -> new Grant(account, kept.open(keyset, account.id(), account.generation())));
    }

    /** Returns the grant; empty also if its pair does not open. */
    Optional<Grant> openGrant(Keyset keyset) {
        try {
            return grant(keyset);
        } catch (StoreUnavailableException e) {
            LOG.log(Level.DEBUG, "a row does not open", e);
            return Optional.empty();
        }
    }

    boolean isStillOn(Hold held) {
        return held.until().isAfter(leaseNow);
    }

    /** Returns for how long the lease lives on. */
    Duration remaining(Hold held) {
        return Duration.between(leaseNow, held.until());
    }

    boolean canBe(Lease.Purpose purpose) {
        return switch (account.state()) {
            case AccountState.Active a -> true;
            case AccountState.Uncertain u -> true;
            case AccountState.NeedsReauthorization n -> purpose == Lease.Purpose.DISCONNECT;
            case AccountState.Disconnected d -> false;
        };
    }

    private static Account account(ResultSet row, AccountState state) throws SQLException {
        return new Account(
                new AccountId(row.getString("account_id")),
                row.getString("client_id"),
                new XUser(row.getString("x_user_id"), row.getString("username")),
                state,
                Scopes.parse(row.getString("scopes")),
                row.getLong("generation"),
                time(row, "access_expires_at"),
                time(row, "connected_at"),
                time(row, "rotated_at"));
    }

    private static AccountState state(ResultSet row, Instant due, Optional<Hold> hold, Optional<Intent> intent)
            throws SQLException {
        String word = row.getString("state");
        return switch (word) {
            case "active" -> living(due, hold, intent);
            case "needs_reauthorization" -> new AccountState.NeedsReauthorization(cause(row), time(row, "state_since"));
            case "disconnected" -> new AccountState.Disconnected(time(row, "state_since"));
            default -> throw new IllegalStateException("an account is in state \"" + word + "\", which no version had");
        };
    }

    /** An intent that no live lease explains was left by a send without an answer, settled or crashed. */
    private static AccountState living(Instant dueAt, Optional<Hold> hold, Optional<Intent> intent) {
        int inFlight =
                hold.filter(held -> held.purpose() == Lease.Purpose.REFRESH).isPresent() ? 1 : 0;
        return intent.filter(noted -> noted.sends() > inFlight)
                .<AccountState>map(noted -> new AccountState.Uncertain(noted.firstSentAt(), noted.firstNode(), dueAt))
                .orElseGet(() -> new AccountState.Active(dueAt));
    }

    private static LossCause cause(ResultSet row) throws SQLException {
        return LossColumns.read(row).orElseGet(LossCause.RefusedByX::new);
    }

    private static Optional<SealedPair> pair(ResultSet row) throws SQLException {
        byte[] access = row.getBytes("access_sealed");
        return access == null
                ? Optional.empty()
                : Optional.of(new SealedPair(
                        Sealed.of(access),
                        Sealed.of(row.getBytes("refresh_sealed")),
                        row.getLong("key_id"),
                        row.getString("refresh_fingerprint")));
    }

    private static Optional<Hold> hold(ResultSet row) throws SQLException {
        String owner = row.getString("lease_owner");
        return owner == null
                ? Optional.empty()
                : Optional.of(new Hold(
                        owner, Lease.Purpose.valueOf(row.getString("lease_purpose")), time(row, "lease_until")));
    }

    private static Optional<Intent> intent(ResultSet row) throws SQLException {
        int sends = row.getInt("sends");
        return sends == 0
                ? Optional.empty()
                : Optional.of(new Intent(sends, time(row, "first_sent_at"), row.getString("first_node")));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }
}
