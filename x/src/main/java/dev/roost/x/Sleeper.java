package dev.roost.x;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
interface Sleeper {
    /** Returns after so long. */
    void sleep(Duration time) throws InterruptedException;
}
