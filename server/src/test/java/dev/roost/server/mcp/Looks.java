package dev.roost.server.mcp;

import dev.roost.core.World;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Waits between two looks at a sign-in as a test wants it: until the test lets it look again. */
final class Looks implements World.Sleeper {
    private final Semaphore allowed = new Semaphore(0);

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        allowed.acquire();
    }

    /** Lets it look so many times more. */
    void allow(int times) {
        allowed.release(times);
    }
}
