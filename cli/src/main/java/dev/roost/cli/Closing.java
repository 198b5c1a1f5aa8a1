package dev.roost.cli;

/** Closes something once: at the end of a command, or when the process is told to end before that. */
final class Closing {
    private final AutoCloseable resource;
    private final Thread hook = new Thread(this::close, "roost-exit");
    private boolean closed;

    Closing(AutoCloseable resource) {
        this.resource = resource;
    }

    void atExit() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    void now() {
        close();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already; then the hook finds nothing left to close.
            return;
        }
    }

    /** Whoever comes second waits until the first is through. */
    private synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            resource.close();
        } catch (Exception e) {
            System.getLogger(Closing.class.getName())
                    .log(System.Logger.Level.WARNING, "something did not close cleanly", e);
        }
    }
}
