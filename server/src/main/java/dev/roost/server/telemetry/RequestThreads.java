package dev.roost.server.telemetry;

import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import org.slf4j.MDC;

/** Threads that log under the name of the request that started them, though the request does not run on them. */
public final class RequestThreads {
    private static final ThreadFactory VIRTUAL = Thread.ofVirtual().factory();

    private RequestThreads() {}

    /** Returns an executor with one virtual thread per task. A task has the logging context of whoever submits it. */
    public static ExecutorService perTask() {
        return perTask(UnaryOperator.identity());
    }

    /**
     * Like {@link #perTask()}, and a task has more of whoever submits it.
     *
     * @param carrying called by the thread that submits; returns a task that does the same within its surroundings
     */
    public static ExecutorService perTask(UnaryOperator<Runnable> carrying) {
        return Executors.newThreadPerTaskExecutor(carrying(VIRTUAL, carrying));
    }

    /** Returns a factory of such threads as this one makes, with the surroundings of the thread that has them made. */
    public static ThreadFactory carrying(ThreadFactory threads, UnaryOperator<Runnable> carrying) {
        return task -> threads.newThread(withContext(carrying.apply(task)));
    }

    /** Called by the thread that submits. The new one ends with its task, so nothing has to be put back. */
    private static Runnable withContext(Runnable task) {
        Map<String, String> context = MDC.getCopyOfContextMap();
        return context == null || context.isEmpty()
                ? task
                : () -> {
                    MDC.setContextMap(context);
                    task.run();
                };
    }
}
