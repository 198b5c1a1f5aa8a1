package dev.roost.testkit;

import dev.roost.core.AccountId;
import dev.roost.core.access.AuditEntry;
import dev.roost.core.access.AuditStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

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

    @Override
    public List<Numbered> deeds(AccountId account, OptionalLong before, int limit) {
        return store.ask(() -> {
            synchronized (rows) {
                return IntStream.range(0, rows.size())
                        .mapToObj(index -> new Numbered(index + 1L, rows.get(index)))
                        .filter(row -> row.entry().account().equals(Optional.of(account))
                                && !row.entry().isLook()
                                && row.number() < before.orElse(Long.MAX_VALUE))
                        .sorted(Comparator.comparingLong(Numbered::number).reversed())
                        .limit(limit)
                        .toList();
            }
        });
    }
}
