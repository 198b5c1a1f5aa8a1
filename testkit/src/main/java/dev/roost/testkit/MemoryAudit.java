package dev.roost.testkit;

import dev.roost.core.access.AuditEntry;
import dev.roost.core.access.AuditStore;
import java.util.ArrayList;
import java.util.List;

/** The audit trail of a {@link MemoryStore}, away when that is. */
final class MemoryAudit implements AuditStore {
    private final List<AuditEntry> rows = new ArrayList<>();
    private final MemoryStore store;

    MemoryAudit(MemoryStore store) {
        this.store = store;
    }

    @Override
    public void append(List<AuditEntry> entries) {
        store.tell(() -> {
            synchronized (rows) {
                rows.addAll(entries);
            }
        });
    }

    @Override
    public List<AuditEntry> newest(int limit) {
        return store.ask(() -> {
            synchronized (rows) {
                return rows.reversed().stream().limit(limit).toList();
            }
        });
    }
}
