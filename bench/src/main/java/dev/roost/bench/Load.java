package dev.roost.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Many clients that each do one thing after the other for a while. */
final class Load {
    private Load() {}

    /** What a client does again and again. */
    @FunctionalInterface
    interface Deed {
        /** Does it once. */
        void run() throws Exception;
    }

    /** How it went. */
    static final class Result {
        private final long[] nanos;
        private final Duration took;

        private Result(long[] sorted, Duration took) {
            this.nanos = sorted;
            this.took = took;
        }

        double perSecond() {
            return nanos.length / (took.toNanos() / 1e9);
        }

        /** Returns the time within which this share of the deeds was done, in milliseconds. */
        double millis(double share) {
            return nanos[(int) Math.min(nanos.length - 1L, (long) (nanos.length * share))] / 1e6;
        }
    }

    /** Lets each client work until the time is over, each beginning this long after the one before it. */
    static Result run(List<Deed> clients, Duration apart, Duration time)
            throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients.size())) {
            List<Future<long[]>> parts = new ArrayList<>();
            for (Deed client : clients) {
                Duration wait = apart.multipliedBy(parts.size());
                parts.add(threads.submit(() -> {
                    Thread.sleep(wait);
                    return repeat(client, end);
                }));
            }
            List<long[]> nanos = new ArrayList<>();
            for (Future<long[]> part : parts) {
                nanos.add(part.get());
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return new Result(
                    nanos.stream().flatMapToLong(LongStream::of).sorted().toArray(), took);
        }
    }

    /** Lets each client do it so many times, all at once. */
    static void times(List<Deed> clients, int count) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(clients.size())) {
            List<Future<?>> parts = new ArrayList<>();
            for (Deed client : clients) {
                parts.add(threads.submit(() -> {
                    for (int i = 0; i < count; i++) {
                        client.run();
                    }
                    return null;
                }));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        }
    }

    private static long[] repeat(Deed deed, long end) throws Exception {
        long[] nanos = new long[1024];
        int count = 0;
        for (long begin = System.nanoTime(); begin < end; ) {
            deed.run();
            long now = System.nanoTime();
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, count * 2);
            }
            nanos[count++] = now - begin;
            begin = now;
        }
        return Arrays.copyOf(nanos, count);
    }
}
