package dev.roost.bench.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** 64 virtual threads that share work. */
final class Crew {
    static final int SIZE = 64;

    private Crew() {}

    /** What is done for one of many things. */
    @FunctionalInterface
    interface Task {
        /** Does it for the thing with this number. */
        void run(int number) throws Exception;
    }

    /** Does it for one thing after the other, each thread for things of its own; returns how often in a second. */
    static double rate(int things, Duration time, Task task) throws Exception {
        return rate(SIZE, things, time, task);
    }

    static double rate(int threads, int things, Duration time, Task task) throws Exception {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        long done = 0;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int first = i;
                parts.add(executor.submit(() -> work(first, threads, things, end, task)));
            }
            for (Future<Long> part : parts) {
                done += part.get();
            }
        }
        return done / ((System.nanoTime() - start) / 1e9);
    }

    private static long work(int first, int threads, int things, long end, Task task) throws Exception {
        long done = 0;
        for (int thing = first; System.nanoTime() < end; thing = thing + threads < things ? thing + threads : first) {
            task.run(thing);
            done++;
        }
        return done;
    }
}
