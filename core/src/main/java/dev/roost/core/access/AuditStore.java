package dev.roost.core.access;

import dev.roost.core.AccountId;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where the audit trail is kept. Entries are never changed; old ones are deleted. Same promises as {@link ApiKeyStore}, but for one: a call
 * that is repeated after an answer that was missed may add its entries twice.
 */
public interface AuditStore {
    /** Adds these entries, all or none. */
    void append(List<AuditEntry> entries);

    /** Returns the entries that were added last, the newest first. */
    List<AuditEntry> newest(int limit);

    /**
     * Returns what was done with an account, the newest first. That somebody looked at it ({@link AuditEntry#isLook}) is left
     * out, and costs nothing.
     *
     * @param before only those whose number is smaller; empty: from the newest on
     */
    List<Numbered> deeds(AccountId account, OptionalLong before, int limit);

    /**
     * An entry and its number, which grows with each that is added.
     *
     * @param number differs from that of every other entry
     */
    record Numbered(long number, AuditEntry entry) {}
}
