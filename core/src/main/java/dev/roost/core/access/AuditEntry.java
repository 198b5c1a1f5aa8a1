package dev.roost.core.access;

import dev.roost.core.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * One row of the audit trail: the same call, made a number of times within about a second.
 *
 * @param first when the first of them was made
 * @param last when the last was
 * @param key the id of the key that was presented, {@code local} for a caller on this machine that needed none, or
 *     another word for a caller without a key; never what a stranger wrote
 * @param account what it was about, if about one
 * @param operation what was asked for
 * @param outcome what came of it
 * @param count how often, at least once
 */
public record AuditEntry(
        Instant first,
        Instant last,
        String key,
        Optional<AccountId> account,
        String operation,
        String outcome,
        long count) {
    private static final int LONGEST = 100;

    /** @throws IllegalArgumentException if a text is not 1 to 100 printable ASCII characters, or the count is below 1 */
    public AuditEntry {
        check("key", key);
        check("operation", operation);
        check("outcome", outcome);
        if (count < 1) {
            throw new IllegalArgumentException("count is " + count + "; allowed: 1 or more");
        }
    }

    /** Tells whether somebody only looked at how an account stands, be it in the dashboard or through the API. */
    public boolean isLook() {
        return operation.startsWith("dashboard.")
                || operation.equals("accounts.read")
                || operation.equals("mcp.accounts.read")
                || operation.equals("accounts.events");
    }

    /** Without a stream: every request is noted. */
    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** Nothing else gets in, for one text that a database does not take would hold all others up. */
    static void check(String name, String text) {
        boolean printable = isPrintable(text);
        if (!printable || text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException(name + " of an audit entry has " + text.length() + " characters"
                    + (printable ? "" : ", not all of them printable ASCII") + "; allowed: 1 to " + LONGEST
                    + " of printable ASCII");
        }
    }
}
