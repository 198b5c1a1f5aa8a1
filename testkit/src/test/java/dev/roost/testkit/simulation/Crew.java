package dev.roost.testkit.simulation;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** The executor of a process: a thread of the simulated world for each task. */
final class Crew extends AbstractExecutorService {
    private final Loop loop;
    private final NodeProcess process;
    private final boolean drops;

    Crew(Loop loop, NodeProcess process, boolean drops) {
        this.loop = loop;
        this.process = process;
        this.drops = drops;
    }

    @Override
    public void execute(Runnable task) {
        if (drops && loop.random().nextInt(50) == 0) {
            return;
        }
        loop.spawn(process, "task", task);
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }
}
