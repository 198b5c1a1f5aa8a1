package dev.roost.testkit.simulation;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;

/**
 * Virtual threads that run where and when we say: each time one can go on, its executor gets a task that runs it until it
 * waits again. The JDK has no public way to choose that executor, so this opens {@code java.lang} (see the pom).
 */
final class Fibers {
    private static final MethodHandle BUILDER = builder();

    private Fibers() {}

    /** Returns a virtual thread that has not been started. */
    static Thread unstarted(Executor scheduler, Runnable body) {
        try {
            return ((Thread.Builder.OfVirtual) BUILDER.invoke(scheduler)).unstarted(body);
        } catch (Throwable e) {
            throw new IllegalStateException("this JDK makes no virtual thread with a scheduler of our own", e);
        }
    }

    private static MethodHandle builder() {
        try {
            Class<?> type = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder");
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findConstructor(type, MethodType.methodType(void.class, Executor.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "the simulation needs JDK 25 and --add-opens java.base/java.lang=ALL-UNNAMED", e);
        }
    }
}
