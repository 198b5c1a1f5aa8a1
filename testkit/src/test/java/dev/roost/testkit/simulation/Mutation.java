package dev.roost.testkit.simulation;

/** A mistake built into the edges of the engine, so that the simulation is known to notice it. */
enum Mutation {
    /** None: the engine as it is. */
    NONE,
    /** The store gives a lease that another holds. */
    IGNORES_LEASES,
    /** The store takes a rotation though the account has moved on. */
    RECORDS_UNCONDITIONALLY,
    /** The store says that it has a pair a second before it has. */
    HANDS_OUT_BEFORE_RECORDING,
    /** The spool says that it has an answer, and has not. */
    FORGETS_THE_SPOOL,
    /** The client of X sends again by itself when no answer came. */
    SENDS_AGAIN,
    /** The account is deleted when X refuses its token. */
    DELETES_WHAT_IS_REFUSED,
    /** The store notes nothing before a token is sent again. */
    KEEPS_NO_JOURNAL,
    /** Now and then, a task that was handed to the executor is never run. */
    DROPS_TASKS
}
