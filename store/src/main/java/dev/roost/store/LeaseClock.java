package dev.roost.store;

import java.time.InstantSource;

/** What leases are measured by. All processes on one store must measure by the same clock. */
public sealed interface LeaseClock {
    /** The clock of the PostgreSQL server; SQLite has none. */
    record Database() implements LeaseClock {}

    /** The given clock: right for SQLite, whose processes share a machine, and for tests. */
    record Injected(InstantSource clock) implements LeaseClock {}
}
