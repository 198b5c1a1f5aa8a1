package dev.roost.cli;

import java.util.concurrent.CountDownLatch;

/** Waits until the process is told to end. */
final class UntilEnd {
    private UntilEnd() {}

    /** Returns when the thread is interrupted, which is how a program that holds the command ends it; a signal ends the
     * process by its exit hooks while this still waits. */
    static void await() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            System.getLogger(UntilEnd.class.getName()).log(System.Logger.Level.DEBUG, "told to end", e);
        }
    }
}
