package dev.roost.testkit;

import dev.roost.core.StoreUnavailableException;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Faults at the edges of one process: where it calls a store, a spool or X. A process that has crashed does nothing any
 * more: whatever it calls next throws {@link Crash} too. Safe for many threads.
 */
public final class Faults {
    private final ConcurrentHashMap<String, Plan> plans = new ConcurrentHashMap<>();
    private final Gate gate = new Gate();
    private volatile boolean crashed;

    /** What happens at a place. */
    public enum Effect {
        /** The process dies there, as by kill -9. */
        CRASH,
        /** What is called there does not answer, for a number of calls. */
        UNAVAILABLE,
        /** The call hangs until the {@link #gate} opens. */
        HANG
    }

    private record Plan(Effect effect, AtomicInteger left, AtomicInteger struck) {}

    /** The process is dead. Not for catching. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash(String place) {
            super("crashed at " + place);
        }
    }

    /**
     * Plans a fault.
     *
     * @param place {@code before} or {@code after}, a space and a method: {@code "after lease"}
     * @param times how many calls are affected
     */
    public void plan(String place, Effect effect, int times) {
        plans.put(place, new Plan(effect, new AtomicInteger(times), new AtomicInteger()));
    }

    /** Tells whether every planned fault has happened: a test whose fault never strikes proves nothing. */
    public boolean struck() {
        return plans.values().stream().allMatch(plan -> plan.struck.get() > 0);
    }

    /** The gate at which hanging calls wait. */
    public Gate gate() {
        return gate;
    }

    /** Kills the process at the next thing it does. */
    public void crash() {
        crashed = true;
    }

    /** Runs an action of the process, with what was planned for its place. */
    <T> T at(String method, Supplier<T> action) {
        strike("before " + method);
        T result = action.get();
        strike("after " + method);
        return result;
    }

    /** Throws if the process is dead. */
    public void checkAlive() {
        if (crashed) {
            throw new Crash("a place after its death");
        }
    }

    private void strike(String place) {
        checkAlive();
        Plan plan = plans.get(place);
        if (plan == null || plan.left.getAndDecrement() <= 0) {
            return;
        }
        plan.struck.incrementAndGet();
        switch (plan.effect) {
            case CRASH -> {
                crashed = true;
                throw new Crash(place);
            }
            case UNAVAILABLE ->
                throw new StoreUnavailableException("unavailable " + place, new IOException("as planned"));
            case HANG -> gate.holdHere(place);
        }
    }
}
