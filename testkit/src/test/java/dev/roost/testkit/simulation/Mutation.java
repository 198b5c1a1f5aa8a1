package dev.roost.testkit.simulation;

/** A mistake built into the edges of the engine, so that the simulation is known to notice it. */
enum Mutation {
    /** None: the engine as it is. */
    NONE("nothing"),
    /** The store gives a lease that another holds. */
    IGNORES_LEASES("in flight twice|sent again|was sent"),
    /** The store takes a rotation though the account has moved on. */
    RECORDS_UNCONDITIONALLY("sent again|is lost|neither in a store nor in a spool"),
    /** The store says that it has a pair a second before it has. */
    HANDS_OUT_BEFORE_RECORDING("\\(c\\)"),
    /** The spool says that it has an answer, and has not. */
    FORGETS_THE_SPOOL("\\(c\\)"),
    /** The client of X sends again by itself when no answer came. */
    SENDS_AGAIN("\\(b\\)"),
    /** The account is deleted when X refuses its token. */
    DELETES_WHAT_IS_REFUSED("\\(d\\)|got no token"),
    /** The store notes nothing before a token is sent again. */
    KEEPS_NO_JOURNAL("the journal names"),
    /** Now and then, a task that was handed to the executor is never run. */
    DROPS_TASKS("never ends|never comes|waited");

    private final String broken;

    Mutation(String broken) {
        this.broken = broken;
    }

    /** Says, as a regular expression, which promise is broken by it. */
    String broken() {
        return broken;
    }
}
