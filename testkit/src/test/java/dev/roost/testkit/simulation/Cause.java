package dev.roost.testkit.simulation;

/** Why a grant may be gone though nobody did anything wrong. What is not here must not happen. */
enum Cause {
    /** X rotated, and its answer was lost on its way. */
    ANSWER_LOST,
    /** The process died while it waited for the answer. */
    PROCESS_DIED_ASKING,
    /** The process died between the answer and the durable write. */
    PROCESS_DIED_WITH_IT,
    /** The process stood still for longer than its lease, and another sent the token again, as it must. */
    PROCESS_FROZEN,
    /** Neither store nor spool took the answer for longer than a lease, and another process sent the token again. */
    NOT_DURABLE_YET,
    /** The answer took longer than the lease. Never to be seen: the deadline is shorter. */
    ANSWER_LATE,
    /** The answer rested in the spool of a process cut off from the store for longer than a lease. */
    IN_ANOTHERS_SPOOL,
    /** A process whose lease was over woke up and sent what it had been about to send. */
    SENT_AFTER_THE_LEASE,
    /** The user took the app out at X. */
    REVOKED_BY_USER,
    /** A person disconnected the account, and that was not finished. */
    DISCONNECTING,
    /** Clocks of processes disagreed on which of two sign-ins came later. */
    CLOCKS_DISAGREE,
    /** Two sign-ins of one user were under way at once, and X answered first the one that was asked later. */
    SIGN_INS_CROSSED;

    /** Tells whether X and Roost parted over an answer that never arrived, which Roost is to say. */
    boolean isLostAnswer() {
        return this == ANSWER_LOST || this == PROCESS_DIED_ASKING || this == PROCESS_DIED_WITH_IT;
    }
}
