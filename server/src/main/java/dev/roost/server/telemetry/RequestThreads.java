package dev.roost.server.telemetry;

import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.slf4j.MDC;

/** Threads that log under the name of the request that started them, though the request does not run on them. */
public final class RequestThreads {
    private static final ThreadFactory VIRTUAL = Thread.ofVirtual().factory();

    private RequestThreads() {}

    /** Returns an executor with one virtual thread per task. A task has the logging context of whoever submits it. */
    public static ExecutorService perTask() {
        return Executors.newThreadPerTaskExecutor(RequestThreads::thread);
    }

    /** Called by the thread that submits. The new one ends with its task, so nothing has to be put back. */
    private static Thread thread(Runnable task) {
        Map<String, String> context = MDC.getCopyOfContextMap();
        return VIRTUAL.newThread(
                context == null || context.isEmpty()
                        ? task
                        : () -> {
                            MDC.setContextMap(context);
                            task.run();
                        });
    }
}
