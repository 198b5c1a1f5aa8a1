package dev.roost.server.mcp.stateless;

/** Looks whether the client still wants an answer. */
final class Cancelled {
    private Cancelled() {}

    /** @throws InterruptedException if the client cancelled */
    static void check() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the client cancelled");
        }
    }
}
