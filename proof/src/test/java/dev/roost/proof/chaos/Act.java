package dev.roost.proof.chaos;

import dev.roost.simulator.Fault;
import dev.roost.testkit.FaultProxy.Way;
import java.time.Duration;
import java.util.Optional;

/** One thing that is made to go wrong, at a time after the beginning. */
record Act(Duration at, What what) {

    /** Where a proxy stands. */
    enum Line {
        /** Between callers and a node. */
        DOOR,
        /** Between a node and PostgreSQL. */
        DATABASE,
        /** Between a node and X. */
        X
    }

    /** How a proxy fails. */
    enum How {
        CUT,
        STALL,
        SLOW,
        HALF_OPEN,
        REFUSE
    }

    /** What goes wrong. */
    sealed interface What {
        /** SIGKILL; started again on the same data folder after the time. */
        record Kill(int node, Duration away) implements What {}

        /** SIGSTOP, and SIGCONT after the time. */
        record Pause(int node, Duration length) implements What {}

        /** The database is stopped without a shutdown, and started again after the time. */
        record Crash(Duration away) implements What {}

        /** A line of a node fails for a time; no way named: both. */
        record Network(int node, Line line, How how, Optional<Way> way, Duration length) implements What {}

        /** The next request to the endpoint suffers this. */
        record AtX(Fault fault) implements What {}

        /** The clock of one node is put so far from the true time. */
        record Clock(int node, Duration offset) implements What {}
    }
}
