package dev.roost.store;

import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import dev.roost.core.Asked;
import dev.roost.core.Grant;
import dev.roost.core.RotateAnswer;
import dev.roost.core.Rotation;
import dev.roost.core.XUser;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Recording X's answers. Those that arrive while others are being written are written together, in one transaction
 * ({@link Together}). Whatever is not plain there is left to a transaction of its own: an answer that was recorded before or
 * came too late, a row that changes at this moment, and all answers of a transaction that fails. So no answer can hurt
 * another.
 */
final class SqlRotations {
    /** Enough to make a commit cheap, and few enough that nobody waits for long. */
    private static final int MOST = 64;

    /** Each table is told the ids: a planner that joins by what it found in the first reads small tables whole. */
    private static final String STANDING = "SELECT g.account_id, g.generation, g.refresh_fingerprint, a.client_id,"
            + " a.x_user_id, a.username, a.connected_at, g.state <> 'disconnected' AS kept,"
            + " coalesce(a.issued_at, a.connected_at) AS issued_at," + Journal.HEAD_COLUMNS + """
            FROM grants g JOIN accounts a ON a.id = g.account_id
                LEFT JOIN event_heads h ON h.account_id = g.account_id AND h.account_id <among>
            WHERE g.account_id <among> AND a.id <among>
            """;

    private final SqlGate gate;
    private final GrantTable table;
    private final Keyset keyset;
    private final Journal journal;
    private final Executor threads;
    private final Together<Rotation, RotateAnswer> together;

    SqlRotations(SqlGate gate, Keyset keyset, Journal journal) {
        this.gate = gate;
        this.table = new GrantTable(gate);
        this.keyset = keyset;
        this.journal = journal;
        this.threads = platformThreads(gate.dialect().lanes());
        this.together = new Together<>(gate.dialect().lanes(), MOST, Rotation::id, this::record);
    }

    /** Sealing makes what it needs once for each thread, which costs more than the sealing: virtual threads begin anew each time. */
    private static Executor platformThreads(int many) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                many,
                many,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("roost-recorder-", 1).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** An answer of X, sealed. */
    private record Answer(Rotation rotation, NewPair pair) {
        AccountId id() {
            return rotation.id();
        }
    }

    /** How an account stood before a rotation. */
    private record Standing(
            AccountId id,
            long generation,
            String fingerprint,
            boolean kept,
            Instant issuedAt,
            String clientId,
            XUser user,
            Instant connectedAt,
            Journal.Head head) {
        static Standing read(ResultSet row) throws SQLException {
            return new Standing(
                    new AccountId(row.getString("account_id")),
                    row.getLong("generation"),
                    String.valueOf(row.getString("refresh_fingerprint")),
                    row.getBoolean("kept"),
                    Instant.ofEpochMilli(row.getLong("issued_at")),
                    row.getString("client_id"),
                    new XUser(row.getString("x_user_id"), row.getString("username")),
                    Instant.ofEpochMilli(row.getLong("connected_at")),
                    Journal.Head.read(row));
        }

        /** When the store stands before what was spent, a sign-in after the answer tells that X has killed it. */
        boolean isBefore(Rotation rotation) {
            return kept
                    && (generation == rotation.spent()
                            || (generation < rotation.spent()
                                    && issuedAt.toEpochMilli() <= rotation.at().toEpochMilli()));
        }
    }

    /** An answer for an account that stands where its token was spent, or behind. */
    private record Plain(Answer answer, Standing before) {}

    RotateAnswer record(Rotation rotation) {
        return together.with(rotation).orElseGet(() -> alone(sealed(rotation)));
    }

    private Answer sealed(Rotation rotation) {
        return new Answer(rotation, NewPair.of(keyset, rotation));
    }

    private List<Optional<RotateAnswer>> record(List<Rotation> rotations) {
        Map<AccountId, RotateAnswer> recorded = CompletableFuture.supplyAsync(() -> recorded(rotations), threads)
                .join();
        return rotations.stream()
                .map(rotation -> Optional.ofNullable(recorded.get(rotation.id())))
                .toList();
    }

    /**
     * In the order of their ids, in which SQLite gets them. PostgreSQL takes them in its own order, and ends one of two that wait
     * for each other; then each is recorded alone.
     */
    private Map<AccountId, RotateAnswer> recorded(List<Rotation> rotations) {
        List<Answer> ordered = rotations.stream()
                .map(this::sealed)
                .sorted(Comparator.comparing(Answer::id))
                .toList();
        return gate.write(handle -> record(handle, ordered));
    }

    private Map<AccountId, RotateAnswer> record(Handle handle, List<Answer> answers) {
        Map<AccountId, Standing> standings = standings(handle, answers);
        List<Plain> plain = answers.stream()
                .flatMap(answer -> Optional.ofNullable(standings.get(answer.id()))
                        .filter(standing -> standing.isBefore(answer.rotation))
                        .map(standing -> new Plain(answer, standing))
                        .stream())
                .toList();
        Map<AccountId, RotateAnswer> recorded = new HashMap<>();
        if (plain.isEmpty()) {
            return recorded;
        }
        Map<AccountId, Plain> byId = plain.stream().collect(Collectors.toMap(one -> one.answer.id(), one -> one));
        List<NewPair.Over> replaced = NewPair.REPLACE_MANY.write(
                handle,
                gate.dialect(),
                plain.stream()
                        .map(one -> new NewPair.Over(one.answer.pair, one.before.generation()))
                        .toList());
        List<Journal.Next> entries = new ArrayList<>();
        for (NewPair.Over one : replaced) {
            Plain written = Objects.requireNonNull(byId.get(one.pair().id()));
            entries.add(new Journal.Next(rotated(written.answer, written.before), written.before.head()));
            recorded.put(one.pair().id(), new RotateAnswer.Recorded(afterwards(written.before, one.pair())));
        }
        journal.write(handle, entries);
        return recorded;
    }

    private Map<AccountId, Standing> standings(Handle handle, List<Answer> answers) {
        String ids = answers.stream().map(answer -> answer.id().value()).collect(Collectors.joining(","));
        return handle.createQuery(STANDING.replace("<among>", gate.dialect().amongIds()))
                .bind("ids", ids)
                .map((row, _) -> Standing.read(row))
                .collect(Collectors.toMap(Standing::id, standing -> standing));
    }

    private static Grant afterwards(Standing before, NewPair next) {
        Account account = new Account(
                before.id(),
                before.clientId(),
                before.user(),
                new AccountState.Active(stored(next.dueAt())),
                next.pair().scopes(),
                next.next(),
                stored(next.pair().accessExpiresAt()),
                before.connectedAt(),
                stored(next.at()));
        return new Grant(account, next.pair().tokens());
    }

    private static Instant stored(Instant time) {
        return Instant.ofEpochMilli(time.toEpochMilli());
    }

    private RotateAnswer alone(Answer answer) {
        Rotation rotation = answer.rotation;
        return gate.write(handle -> {
            boolean recorded = recordAlone(handle, answer);
            Optional<GrantRow> row = table.row(handle, rotation.id());
            if (recorded || row.filter(found -> holds(found, answer)).isPresent()) {
                return new RotateAnswer.Recorded(
                        row.flatMap(found -> found.grant(keyset)).orElseThrow());
            }
            row.ifPresent(found -> {
                String detail =
                        "the account is at generation " + found.account().generation();
                journal.write(handle, entry(rotation, AccountEvent.Kind.SUPERSEDED, rotation.spent(), detail));
            });
            return new RotateAnswer.Superseded();
        });
    }

    /** Puts the answer over the pair that was spent for it, or over an older one; false when there is none such. */
    private boolean recordAlone(Handle handle, Answer answer) {
        Optional<Standing> standing = standing(handle, answer);
        // What was seen is not locked: if it changes before the write, the write does nothing, and one looks again.
        while (standing.isPresent() && !replace(handle, answer, standing.get().generation())) {
            standing = standing(handle, answer);
        }
        standing.ifPresent(old -> journal.write(handle, rotated(answer, old), old.head()));
        return standing.isPresent();
    }

    private Optional<Standing> standing(Handle handle, Answer answer) {
        return Optional.ofNullable(standings(handle, List.of(answer)).get(answer.id()))
                .filter(standing -> standing.isBefore(answer.rotation));
    }

    private static boolean replace(Handle handle, Answer answer, long generation) {
        return answer.pair
                        .bindTo(handle.createUpdate(NewPair.REPLACE))
                        .bind("generation", generation)
                        .execute()
                == 1;
    }

    private static boolean holds(GrantRow row, Answer answer) {
        return row.account().generation() == answer.pair.next()
                && row.pair()
                        .filter(pair ->
                                pair.fingerprint().equals(answer.pair.kept().fingerprint()))
                        .isPresent();
    }

    private static Entry rotated(Answer answer, Standing before) {
        Rotation rotation = answer.rotation;
        String detail = "took " + rotation.took().toMillis() + " ms"
                + (before.generation() == rotation.spent()
                        ? ""
                        : "; the store stood at generation " + before.generation());
        Entry entry = entry(rotation, AccountEvent.Kind.ROTATED, answer.pair.next(), detail);
        // A token that X did not replace is not spent.
        return before.fingerprint().equals(answer.pair.kept().fingerprint())
                ? entry.sending(before.fingerprint())
                : entry.spending(Optional.of(before.fingerprint()));
    }

    private static Entry entry(Rotation rotation, AccountEvent.Kind kind, long generation, String detail) {
        return Entry.of(new AccountEvent(
                        rotation.id(),
                        rotation.at(),
                        kind,
                        generation,
                        rotation.node().value(),
                        detail))
                .asking(Optional.of(Asked.answered(rotation.took())));
    }
}
