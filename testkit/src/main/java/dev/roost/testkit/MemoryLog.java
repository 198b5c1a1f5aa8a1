package dev.roost.testkit;

import dev.roost.core.AccountId;
import dev.roost.core.journal.EventLog;
import dev.roost.core.journal.LoggedEvent;
import java.util.List;
import java.util.OptionalLong;

/** The logs of a {@link MemoryStore}, away when that is. */
record MemoryLog(MemoryStore store, MemoryTokens tokens) implements EventLog {
    @Override
    public List<LoggedEvent> newest(AccountId account, OptionalLong before, int limit) {
        return store.ask(() -> tokens.log(account, before, limit));
    }

    @Override
    public long position() {
        return store.ask(tokens::logged);
    }
}
