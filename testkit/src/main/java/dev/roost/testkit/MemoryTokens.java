package dev.roost.testkit;

import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import dev.roost.core.AccountFigures;
import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import dev.roost.core.Asked;
import dev.roost.core.Grant;
import dev.roost.core.Holding;
import dev.roost.core.IssuedPair;
import dev.roost.core.Lease;
import dev.roost.core.LeaseAnswer;
import dev.roost.core.LossCause;
import dev.roost.core.Node;
import dev.roost.core.RefreshToken;
import dev.roost.core.RotateAnswer;
import dev.roost.core.Rotation;
import dev.roost.core.Settlement;
import dev.roost.core.SignedIn;
import dev.roost.core.TokenPair;
import dev.roost.core.TokenStore;
import dev.roost.core.journal.LoggedEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The grants of a {@link MemoryStore}. One lock makes every method a transaction. */
final class MemoryTokens implements TokenStore {
    private final InstantSource leaseClock;
    private final NavigableMap<AccountId, MemoryRow> rows = new TreeMap<>();
    private final MemoryEvents journal = new MemoryEvents();
    private final List<Spent> spent = new ArrayList<>();

    MemoryTokens(InstantSource leaseClock) {
        this.leaseClock = leaseClock;
    }

    /** A refresh token that was spent, for which generation of which account and when. */
    private record Spent(AccountId account, RefreshToken token, long successor, Instant at) {}

    @Override
    public synchronized Account connect(SignedIn signedIn) {
        return connect(signedIn, Optional.empty());
    }

    private Account connect(SignedIn signedIn, Optional<RefreshToken> imported) {
        MemoryRow row = rowOf(signedIn).orElseGet(() -> {
            var fresh = new MemoryRow(signedIn.newId(), signedIn.clientId(), signedIn.user());
            rows.put(fresh.id, fresh);
            return fresh;
        });
        row.user = signedIn.user();
        row.connectedAt = signedIn.at();
        row.issuedAt = signedIn.at();
        row.record(row.generation + 1, signedIn.pair(), signedIn.nextRefreshAt(), signedIn.at());
        AccountEvent event = event(
                row.id, signedIn.at(), AccountEvent.Kind.CONNECTED, row.generation, signedIn.node(), signedIn.how());
        journal.add(
                event,
                Optional.empty(),
                imported.filter(spent -> isReplaced(spent, signedIn.pair())),
                Optional.empty());
        return row.account(leaseClock.instant());
    }

    /** Connects, unless X has issued a later pair to the same user. */
    synchronized Optional<Account> admit(SignedIn signedIn, Instant issuedAt, Optional<RefreshToken> imported) {
        if (rowOf(signedIn).filter(row -> row.issuedAt.isAfter(issuedAt)).isPresent()) {
            return Optional.empty();
        }
        Account account = connect(signedIn, imported);
        rowOf(signedIn).orElseThrow().issuedAt = issuedAt;
        imported.ifPresent(
                token -> remember(account.id(), token, signedIn.pair(), account.generation(), signedIn.at()));
        return Optional.of(account);
    }

    /** Returns for what a token was spent the last time. */
    private Optional<Holding> spent(String clientId, RefreshToken token) {
        Instant now = leaseClock.instant();
        return spent.reversed().stream()
                .filter(entry -> entry.token().equals(token))
                .flatMap(entry -> find(clientId, row -> row.id.equals(entry.account()))
                        .<Holding>map(row -> new Holding.Spent(row.account(now), entry.successor(), entry.at())))
                .findFirst();
    }

    @Override
    public synchronized Optional<Grant> grant(AccountId id) {
        return Optional.ofNullable(rows.get(id)).flatMap(row -> row.grant(leaseClock.instant()));
    }

    @Override
    public synchronized List<Grant> grants(Set<AccountId> ids) {
        return ids.stream().flatMap(id -> grant(id).stream()).toList();
    }

    @Override
    public synchronized Optional<Account> account(AccountId id) {
        return Optional.ofNullable(rows.get(id)).map(row -> row.account(leaseClock.instant()));
    }

    @Override
    public synchronized Optional<Account> accountOf(String clientId, String xUserId) {
        return accountsWhere(clientId, row -> row.user.id().equals(xUserId)).findFirst();
    }

    @Override
    public synchronized List<Account> accountsNamed(String clientId, String username) {
        return accountsWhere(clientId, row -> row.user.username().equalsIgnoreCase(username))
                .sorted(Comparator.comparing(Account::connectedAt).reversed())
                .toList();
    }

    @Override
    public synchronized List<Account> accounts(String clientId, Optional<AccountId> after, int limit) {
        return accountsWhere(clientId, row -> after.isEmpty() || row.id.compareTo(after.get()) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<Holding> holding(String clientId, RefreshToken token, Instant now) {
        return accountsWhere(
                        clientId,
                        row -> row.tokens
                                .filter(pair -> pair.refresh().equals(token))
                                .isPresent())
                .<Holding>map(Holding.Live::new)
                .findFirst()
                .or(() -> spent(clientId, token));
    }

    @Override
    public synchronized AccountFigures figures(String clientId, Instant now) {
        return MemoryFigures.count(find(clientId, row -> true).toList(), leaseClock.instant(), now);
    }

    @Override
    public synchronized List<Lease> claim(
            String clientId, Instant now, Node owner, Duration length, int limit, boolean retries) {
        Instant leaseNow = leaseClock.instant();
        return find(clientId, row -> row.isDue(now, leaseNow) && (retries || row.sends == 0))
                .sorted(Comparator.comparing(MemoryRow::dueAt).thenComparing(row -> row.id))
                .limit(limit)
                .map(row -> grantLease(row, Lease.Purpose.REFRESH, owner, leaseNow, length))
                .toList();
    }

    @Override
    public synchronized LeaseAnswer lease(
            AccountId id, long generation, Lease.Purpose purpose, Node owner, Duration length) {
        MemoryRow row = rows.get(id);
        if (row == null) {
            return new LeaseAnswer.Absent();
        }
        Instant now = leaseClock.instant();
        if (row.generation != generation || !row.canBe(purpose)) {
            return new LeaseAnswer.Moved(row.account(now));
        }
        return row.liveHold(now)
                .or(() -> purpose == Lease.Purpose.REFRESH ? row.silence(now) : Optional.empty())
                .<LeaseAnswer>map(held -> new LeaseAnswer.Held(held.owner(), Duration.between(now, held.until())))
                .orElseGet(() -> new LeaseAnswer.Granted(grantLease(row, purpose, owner, now, length)));
    }

    @Override
    public synchronized RotateAnswer rotate(Rotation rotation) {
        MemoryRow row = rows.get(rotation.id());
        if (row == null) {
            return new RotateAnswer.Superseded();
        }
        if (row.standsBefore(rotation)) {
            String took = "took " + rotation.took().toMillis() + " ms"
                    + (row.generation == rotation.spent() ? "" : "; the store stood at generation " + row.generation);
            Optional<RefreshToken> sent = row.tokens.map(TokenPair::refresh);
            sent.ifPresent(old -> remember(row.id, old, rotation.pair(), rotation.spent() + 1, rotation.at()));
            row.record(rotation.spent() + 1, rotation.pair(), rotation.nextRefreshAt(), rotation.at());
            write(rotation, AccountEvent.Kind.ROTATED, row.generation, took, sent);
        } else if (!holdsAnswer(row, rotation)) {
            String detail = "the account is at generation " + row.generation;
            write(rotation, AccountEvent.Kind.SUPERSEDED, rotation.spent(), detail, Optional.empty());
            return new RotateAnswer.Superseded();
        }
        return new RotateAnswer.Recorded(row.grant(leaseClock.instant()).orElseThrow());
    }

    @Override
    public synchronized boolean settle(Lease lease, Settlement settlement) {
        MemoryRow row = rows.get(lease.id());
        if (row == null || !isNewest(row, lease)) {
            return false;
        }
        row.hold = Optional.empty();
        switch (settlement) {
            case Settlement.NotSpent notSpent -> {
                takeBackSend(row, lease);
                postpone(row, notSpent.retryAt());
                write(lease, settlement, AccountEvent.Kind.REFRESH_FAILED);
            }
            case Settlement.Unknown unknown -> {
                postpone(row, unknown.retryAt());
                write(lease, settlement, AccountEvent.Kind.ANSWER_MISSING);
            }
            case Settlement.Refused refused -> {
                row.state = new AccountState.NeedsReauthorization(refused.cause(), refused.at());
                row.clearIntent();
                write(lease, settlement, AccountEvent.Kind.REFUSED);
            }
        }
        return true;
    }

    @Override
    public synchronized boolean disconnect(Lease lease, Instant at, String note) {
        if (lease.purpose() != Lease.Purpose.DISCONNECT) {
            throw new IllegalArgumentException("a lease for " + lease.purpose() + " cannot disconnect " + lease.id()
                    + "; take one for " + Lease.Purpose.DISCONNECT);
        }
        MemoryRow row = rows.get(lease.id());
        if (row == null || !isNewest(row, lease)) {
            return row != null && row.state instanceof AccountState.Disconnected && row.fence == lease.fence();
        }
        row.hold = Optional.empty();
        row.tokens = Optional.empty();
        row.generation++;
        row.clearIntent();
        row.state = new AccountState.Disconnected(at);
        write(lease, at, AccountEvent.Kind.DISCONNECTED, note);
        return true;
    }

    @Override
    public synchronized void note(AccountEvent event) {
        if (!rows.containsKey(event.account())) {
            throw new IllegalArgumentException(
                    "there is no account " + event.account() + "; an entry needs an account that exists");
        }
        journal.add(event, Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public synchronized List<AccountEvent> events(AccountId id, int limit) {
        return journal.newest(id, OptionalLong.empty(), limit).stream()
                .map(LoggedEvent::event)
                .toList();
    }

    synchronized List<LoggedEvent> log(AccountId id, OptionalLong before, int limit) {
        return journal.newest(id, before, limit);
    }

    synchronized long logged() {
        return journal.count();
    }

    private Lease grantLease(MemoryRow row, Lease.Purpose purpose, Node owner, Instant now, Duration length) {
        row.fence++;
        row.hold = Optional.of(new MemoryRow.Hold(owner.value(), purpose, now.plus(length)));
        if (purpose == Lease.Purpose.REFRESH) {
            if (row.dueAt().isAfter(now)) {
                postpone(row, now);
            }
            if (row.sends++ == 0) {
                row.firstSentAt = now;
                row.firstNode = owner.value();
            } else {
                String detail =
                        "first sent at " + row.firstSentAt + " by " + row.firstNode + "; this is send " + row.sends;
                AccountEvent event = event(row.id, now, AccountEvent.Kind.GUARDED_RETRY, row.generation, owner, detail);
                journal.add(event, Optional.empty(), row.tokens.map(TokenPair::refresh), Optional.empty());
            }
        }
        boolean noted = row.sends > 0;
        return new Lease(
                row.grant(now).orElseThrow(),
                purpose,
                owner,
                row.fence,
                row.sends,
                noted ? row.firstSentAt : now,
                noted ? row.firstNode : owner.value());
    }

    private static boolean holdsAnswer(MemoryRow row, Rotation rotation) {
        return row.generation == rotation.spent() + 1
                && row.tokens
                        .filter(pair ->
                                pair.refresh().equals(rotation.pair().tokens().refresh()))
                        .isPresent();
    }

    private static boolean isNewest(MemoryRow row, Lease lease) {
        return row.fence == lease.fence()
                && row.hold
                        .filter(held -> held.owner().equals(lease.owner().value()))
                        .isPresent();
    }

    private static void takeBackSend(MemoryRow row, Lease lease) {
        if (lease.purpose() == Lease.Purpose.REFRESH && --row.sends == 0) {
            row.clearIntent();
        }
    }

    private static void postpone(MemoryRow row, Instant until) {
        if (row.state instanceof AccountState.Active) {
            row.state = new AccountState.Active(until);
        }
    }

    /** A token that X did not replace is not spent. */
    private void remember(AccountId id, RefreshToken token, IssuedPair next, long successor, Instant at) {
        if (isReplaced(token, next)) {
            spent.add(new Spent(id, token, successor, at));
        }
    }

    private static boolean isReplaced(RefreshToken token, IssuedPair next) {
        return !token.equals(next.tokens().refresh());
    }

    private Optional<MemoryRow> rowOf(SignedIn signedIn) {
        String xUserId = signedIn.user().id();
        return find(signedIn.clientId(), row -> row.user.id().equals(xUserId)).findFirst();
    }

    private Stream<MemoryRow> find(String clientId, Predicate<MemoryRow> condition) {
        return rows.values().stream()
                .filter(row -> row.clientId.equals(clientId))
                .filter(condition);
    }

    private Stream<Account> accountsWhere(String clientId, Predicate<MemoryRow> condition) {
        Instant now = leaseClock.instant();
        return find(clientId, condition).map(row -> row.account(now));
    }

    private void write(Lease lease, Settlement settlement, AccountEvent.Kind kind) {
        if (!settlement.note().isEmpty()) {
            AccountEvent event = event(
                    lease.id(), settlement.at(), kind, lease.grant().generation(), lease.owner(), settlement.note());
            Optional<LossCause> cause =
                    settlement instanceof Settlement.Refused refused ? Optional.of(refused.cause()) : Optional.empty();
            journal.add(
                    event,
                    settlement.asked(),
                    Optional.of(lease.grant().tokens().refresh()),
                    cause);
        }
    }

    private void write(Lease lease, Instant at, AccountEvent.Kind kind, String note) {
        AccountEvent event = event(lease.id(), at, kind, lease.grant().generation(), lease.owner(), note);
        journal.add(event, Optional.empty(), Optional.of(lease.grant().tokens().refresh()), Optional.empty());
    }

    private void write(
            Rotation rotation, AccountEvent.Kind kind, long generation, String detail, Optional<RefreshToken> sent) {
        AccountEvent event = event(rotation.id(), rotation.at(), kind, generation, rotation.node(), detail);
        journal.add(event, Optional.of(Asked.answered(rotation.took())), sent, Optional.empty());
    }

    private static AccountEvent event(
            AccountId id, Instant at, AccountEvent.Kind kind, long generation, Node node, String detail) {
        return new AccountEvent(id, at, kind, generation, node.value(), detail);
    }
}
