package dev.roost.store;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Where a claim begins to look among what is due. Behind the last claim that was full, for what was due earlier is under way,
 * and PostgreSQL would step over a dead index entry for each of it. Every few claims, and whenever one was not full, from the
 * start. Safe for many threads.
 */
final class DuePlaces {
    /** Before everything that is due. */
    static final long START = Long.MIN_VALUE;

    private static final int IN_A_ROW = 16;

    private final ConcurrentHashMap<String, Place> places = new ConcurrentHashMap<>();

    private record Place(long dueAt, int claims) {}

    /** Returns from when on to look, in milliseconds since 1970. */
    long from(String clientId) {
        return places.getOrDefault(clientId, new Place(START, 0)).dueAt();
    }

    /** Notes what a claim brought, and when the last of it was due. */
    void claimed(String clientId, boolean full, long lastDueAt) {
        places.compute(clientId, (app, before) -> {
            int claims = before == null ? 0 : before.claims();
            return full && claims < IN_A_ROW ? new Place(lastDueAt, claims + 1) : new Place(START, 0);
        });
    }
}
