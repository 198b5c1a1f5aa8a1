package dev.roost.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes what a command has opened, the last first: at the end of the command, or when the process is told to end before
 * that. One exit hook does it all, for several would run side by side and close the store under the server.
 */
final class Closings {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Thread hook = new Thread(this::closeAll, "roost-exit");

    /** Closes it when the process is told to end. */
    synchronized void add(AutoCloseable resource) {
        if (open.isEmpty()) {
            Runtime.getRuntime().addShutdownHook(hook);
        }
        open.push(resource);
    }

    /** Closes the last one added, unless the exit hook has done so. */
    synchronized void closeLast() {
        AutoCloseable last = open.poll();
        if (last == null) {
            return;
        }
        close(last);
        if (open.isEmpty()) {
            forgetHook();
        }
    }

    /** Whoever comes second waits until the first is through. */
    private synchronized void closeAll() {
        while (!open.isEmpty()) {
            close(open.pop());
        }
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook will find nothing left to close.
            System.getLogger(Closings.class.getName()).log(System.Logger.Level.DEBUG, "ending", e);
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            System.getLogger(Closings.class.getName())
                    .log(System.Logger.Level.WARNING, "something did not close cleanly", e);
        }
    }
}
