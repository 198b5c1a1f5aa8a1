package dev.roost.core.access;

import java.util.List;

/**
 * Where the audit trail is kept. Entries are only ever added. Same promises as {@link ApiKeyStore}, but for one: a call
 * that is repeated after an answer that was missed may add its entries twice.
 */
public interface AuditStore {
    /** Adds these entries, all or none. */
    void append(List<AuditEntry> entries);

    /** Returns the entries that were added last, the newest first. */
    List<AuditEntry> newest(int limit);
}
