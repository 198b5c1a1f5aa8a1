package dev.roost.store;

import dev.roost.core.AccountId;
import dev.roost.core.UseStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Last uses in a table of their own, so that writing one changes no index of grants. */
final class SqlUses implements UseStore {
    private static final int BATCH = 500;
    private static final String COUNTED_SINCE = "uses_since";
    private static final String LAST = """
            SELECT coalesce((SELECT used_at FROM account_uses WHERE account_id = :id),
                (SELECT CAST(value AS BIGINT) FROM meta WHERE name = '""" + COUNTED_SINCE + "'))";
    private static final String NOTE = """
            INSERT INTO account_uses (account_id, used_at) SELECT id, :at FROM accounts WHERE id = :id
            ON CONFLICT (account_id) DO UPDATE SET used_at = excluded.used_at WHERE account_uses.used_at < excluded.used_at
            """;

    private final SqlGate gate;
    private final InstantSource clock;

    SqlUses(SqlGate gate, InstantSource clock) {
        this.gate = gate;
        this.clock = clock;
    }

    @Override
    public Optional<Instant> lastUse(AccountId id) {
        return gate.read(handle -> handle.createQuery(LAST)
                .bind("id", id.value())
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli));
    }

    @Override
    public void used(Map<AccountId, Instant> uses) {
        gate.change(handle -> Meta.keep(handle, COUNTED_SINCE, Long.toString(clock.millis())));
        // In order, so that two processes that write the same accounts do not wait for each other in a circle.
        List<Map.Entry<AccountId, Instant>> all = uses.entrySet().stream()
                .sorted((a, b) -> a.getKey().value().compareTo(b.getKey().value()))
                .toList();
        for (int i = 0; i < all.size(); i += BATCH) {
            List<Map.Entry<AccountId, Instant>> some = all.subList(i, Math.min(all.size(), i + BATCH));
            gate.change(handle -> note(handle, some));
        }
    }

    private static void note(Handle handle, List<Map.Entry<AccountId, Instant>> uses) {
        PreparedBatch batch = handle.prepareBatch(NOTE);
        uses.forEach(use -> batch.bind("id", use.getKey().value())
                .bind("at", use.getValue().toEpochMilli())
                .add());
        batch.execute();
    }
}
