package dev.roost.testkit.simulation;

import java.util.ArrayList;
import java.util.List;

/** A process of the simulated world: it dies or freezes as a whole. What it was doing when it died is never gone on with. */
final class NodeProcess {
    final String name;
    /** Threads that could run, had the process not been frozen. */
    final List<Loop.Turn> held = new ArrayList<>();

    boolean dead;
    /** Threads that have begun and not ended. */
    int threads;
    /** Until when it is frozen; not later than now when it is not. */
    long frozenUntil;
    /** When it was last frozen, or -1. */
    long lastFrozenAt = -1;
    /** How long it has been frozen in all. */
    long frozenFor;

    NodeProcess(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return name;
    }
}
