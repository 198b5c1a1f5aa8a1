package dev.roost.store;

import dev.roost.core.AccountId;
import dev.roost.core.journal.EventLog;
import dev.roost.core.journal.LoggedEvent;
import java.util.List;
import java.util.OptionalLong;

/** The logs of the accounts in SQL, for reading. */
record SqlEvents(SqlGate gate) implements EventLog {
    /**
     * Ids are given out before their rows are committed, so the largest may be seen before one that is smaller. The sum of the
     * largest ones grows with those too.
     */
    private static final String POSITION =
            "SELECT coalesce(sum(id), 0) FROM (SELECT id FROM events ORDER BY id DESC LIMIT 256) AS late";

    @Override
    public List<LoggedEvent> newest(AccountId account, OptionalLong before, int limit) {
        return gate.read(handle -> Journal.newest(handle, account, before.orElse(Long.MAX_VALUE), limit)).stream()
                .map(EntryRow::logged)
                .toList();
    }

    @Override
    public long position() {
        return gate.read(
                handle -> handle.createQuery(POSITION).mapTo(Long.class).one());
    }
}
