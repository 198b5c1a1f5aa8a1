package dev.roost.core;

import dev.roost.core.RefreshOutcome.Kept;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which accounts are not to be refreshed for a while, since the last try failed. Safe for many threads. */
final class HeldOff {
    private final ConcurrentHashMap<AccountId, Hold> holds = new ConcurrentHashMap<>();
    private final World world;

    HeldOff(World world) {
        this.world = world;
    }

    private record Hold(long since, Duration length, Kept why) {}

    /** Holds refreshes of the account off until they may be tried again. */
    void put(AccountId id, Kept why) {
        Duration length = Duration.between(world.clock().instant(), why.retryAt());
        holds.put(id, new Hold(world.nanoTime().getAsLong(), length, why));
    }

    /** Returns why refreshes are held off; empty when they are not. */
    Optional<Kept> why(AccountId id) {
        return Optional.ofNullable(holds.get(id)).map(Hold::why).filter(why -> holds(id));
    }

    /** Returns how long refreshes are still held off; zero or less when they are not. */
    Duration left(AccountId id) {
        Hold hold = holds.get(id);
        return hold == null ? Duration.ZERO : hold.length.minus(world.since(hold.since));
    }

    /** Tells whether refreshes are held off. */
    boolean holds(AccountId id) {
        return left(id).isPositive();
    }

    /** Lets refreshes go on. */
    void release(AccountId id) {
        holds.remove(id);
    }
}
