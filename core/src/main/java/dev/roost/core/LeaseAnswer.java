package dev.roost.core;

import java.time.Duration;

/** What came of asking for a lease. */
public sealed interface LeaseAnswer {
    /** It is yours. */
    record Granted(Lease lease) implements LeaseAnswer {}

    /**
     * Another holds it.
     *
     * @param owner who
     * @param remaining for how long at most, on the store's clock
     */
    record Held(String owner, Duration remaining) implements LeaseAnswer {}

    /** The generation asked for is not the present one, or the account cannot be refreshed; this is how it stands. */
    record Moved(Account account) implements LeaseAnswer {}

    /**
     * Nobody may spend the refresh token of this account: the database was restored from a backup, and the token may have been
     * spent after the backup was made. Only for {@link Lease.Purpose#REFRESH}.
     */
    record Quarantined() implements LeaseAnswer {}

    /** There is no such account. */
    record Absent() implements LeaseAnswer {}
}
