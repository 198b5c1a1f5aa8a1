package dev.roost.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs all threads of a simulated world on the one thread that calls {@link #run}. A random generator made from the seed
 * says which of those that can go on does; when none can, the clock jumps to the next alarm. So the seed decides
 * everything, and a seed run twice leaves the same {@link #trace}.
 */
final class Loop {
    /** When simulated time begins: an ordinary moment. */
    static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private static final long MOST_TURNS = 3_000_000;
    private static final int LINES_KEPT = Integer.getInteger("roost.sim.lines", 60);

    private final Random random;
    private final List<Turn> ready = new ArrayList<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private final Deque<String> lines = new ArrayDeque<>();
    private final boolean keepsLines;
    private long now;
    private long alarmsSet;
    private long turns;
    private long trace = 17;
    private int threads;
    private @Nullable Fiber running;
    private @Nullable String failure;
    private Consumer<NodeProcess> hazard = process -> {};

    Loop(long seed, boolean keepsLines) {
        this.random = new Random(seed);
        this.keepsLines = keepsLines;
    }

    /** A thread of a process. */
    private record Fiber(NodeProcess process, int number, String name) {}

    /** What lets a thread go on until it waits again. */
    record Turn(Object fiber, NodeProcess process, Runnable continuation) {}

    /** Something that happens at a time. With a process, it happens only while that lives and is not frozen. */
    private record Alarm(long at, long order, @Nullable NodeProcess process, Runnable action)
            implements Comparable<Alarm> {
        @Override
        public int compareTo(Alarm other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    /** Nanoseconds since the world began. */
    long now() {
        return now;
    }

    Instant instant() {
        return START.plusNanos(now);
    }

    /** The world's only source of chance. */
    Random random() {
        return random;
    }

    /** A number that tells one course of events from another. */
    long trace() {
        return trace;
    }

    long turns() {
        return turns;
    }

    /** The last things that happened, for people. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Starts a thread of a process. */
    void spawn(NodeProcess process, String name, Runnable body) {
        Fiber fiber = new Fiber(process, ++threads, name);
        process.threads++;
        Fibers.unstarted(task -> ready(new Turn(fiber, process, task)), () -> {
                    try {
                        body.run();
                    } catch (RuntimeException | Error e) {
                        fail(name + " of " + process + " ended with " + e);
                    } finally {
                        process.threads--;
                    }
                })
                .start();
    }

    /** Has something happen after a while, whatever becomes of any process. */
    void after(Duration delay, Runnable action) {
        alarm(delay, null, action);
    }

    /** Has something happen to a process, if it lives by then; later if it is frozen. */
    void after(Duration delay, NodeProcess process, Runnable action) {
        alarm(delay, process, action);
    }

    /** A point at which any other thread may come first, and at which the process may die or freeze. */
    void step(String what) {
        note(what);
        hazard.accept(process());
        letOthersPass();
    }

    /** Here the scheduler is ours, so it may well be relied on. */
    @SuppressWarnings("ThreadPriorityCheck")
    private static void letOthersPass() {
        Thread.yield();
    }

    /** Has this decide at each step what befalls the process. */
    void hazard(Consumer<NodeProcess> decides) {
        hazard = decides;
    }

    /** A promise was broken: nothing goes on. The first is what counts. */
    void fail(String what) {
        note("FAILED " + what);
        if (failure == null) {
            failure = what;
        }
    }

    /** What was broken; null while nothing is. */
    @Nullable
    String failure() {
        return failure;
    }

    /** Waits in simulated time. */
    void sleep(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            letOthersPass();
            return;
        }
        var _ = await(new CompletableFuture<>(), duration);
    }

    /** Waits for a future; false if it is still open after the duration. */
    boolean await(CompletableFuture<?> future, Duration atMost) {
        Thread thread = Thread.currentThread();
        boolean[] over = {false};
        if (!future.isDone()) {
            var _ = future.whenComplete((outcome, failure) -> LockSupport.unpark(thread));
            alarm(atMost, fiber().process(), () -> {
                over[0] = true;
                LockSupport.unpark(thread);
            });
        }
        while (!future.isDone() && !over[0]) {
            LockSupport.park();
        }
        return future.isDone();
    }

    /** Kills a process between two steps. */
    void kill(NodeProcess process) {
        note("kill " + process);
        process.dead = true;
        process.held.clear();
    }

    /** Stops a process for a while; then it goes on as if nothing had been. */
    void freeze(NodeProcess process, Duration length) {
        note("freeze " + process);
        process.lastFrozenAt = now;
        process.frozenUntil = Math.max(process.frozenUntil, now + length.toNanos());
        process.frozenFor += length.toNanos();
        alarm(length, null, () -> thaw(process));
    }

    /** Lets a frozen process go on now. */
    void thaw(NodeProcess process) {
        process.frozenUntil = Math.min(process.frozenUntil, now);
        ready.addAll(process.held);
        process.held.clear();
    }

    /** The process whose thread runs now. */
    NodeProcess process() {
        return fiber().process();
    }

    /** Lets the world go on until that time, or until nothing can happen any more. */
    void run(Duration until) {
        while (true) {
            while (!ready.isEmpty() && failure == null) {
                take(ready.remove(ready.size() == 1 ? 0 : pick()));
            }
            Alarm next = alarms.peek();
            if (failure != null || next == null || next.at() > until.toNanos()) {
                now = next == null ? now : Math.max(now, until.toNanos());
                return;
            }
            alarms.remove();
            now = Math.max(now, next.at());
            ring(next);
        }
    }

    /** Notes something in the trace. */
    void note(String what) {
        trace = (trace ^ what.hashCode()) * 0x100000001b3L + now;
        if (keepsLines) {
            Fiber fiber = running;
            lines.add(String.format(
                    "%10.3f %s: %s",
                    now / 1e9, fiber == null ? "-" : fiber.process() + "/" + fiber.name() + fiber.number(), what));
            if (lines.size() > LINES_KEPT) {
                lines.remove();
            }
        }
    }

    private int pick() {
        int index = random.nextInt(ready.size());
        int last = ready.size() - 1;
        Turn chosen = ready.get(index);
        ready.set(index, ready.get(last));
        ready.set(last, chosen);
        return last;
    }

    private void take(Turn turn) {
        if (turn.process().dead) {
            return;
        }
        if (turn.process().frozenUntil > now) {
            turn.process().held.add(turn);
            return;
        }
        if (++turns > MOST_TURNS) {
            fail("the world does not come to rest: " + turns + " turns; the last is of " + turn.fiber());
            return;
        }
        running = (Fiber) turn.fiber();
        trace = trace * 31 + running.number();
        turn.continuation().run();
        running = null;
    }

    private void ready(Turn turn) {
        if (!turn.process().dead) {
            ready.add(turn);
        }
    }

    private void ring(Alarm alarm) {
        NodeProcess process = alarm.process();
        if (process != null && process.dead) {
            return;
        }
        if (process != null && process.frozenUntil > now) {
            alarms.add(new Alarm(process.frozenUntil, alarmsSet++, process, alarm.action()));
            return;
        }
        alarm.action().run();
    }

    private void alarm(Duration delay, @Nullable NodeProcess process, Runnable action) {
        alarms.add(new Alarm(now + Math.max(0, delay.toNanos()), alarmsSet++, process, action));
    }

    private Fiber fiber() {
        Fiber fiber = running;
        if (fiber == null) {
            throw new IllegalStateException("this is for a thread of the simulated world");
        }
        return fiber;
    }
}
