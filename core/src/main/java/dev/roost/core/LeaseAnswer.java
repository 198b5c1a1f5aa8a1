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

    /** There is no such account. */
    record Absent() implements LeaseAnswer {}
}
