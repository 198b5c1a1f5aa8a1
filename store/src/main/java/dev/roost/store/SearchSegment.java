package dev.roost.store;

import dev.roost.core.overview.AccountSearch.Order;
import dev.roost.core.overview.Place;
import dev.roost.core.overview.Standing;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A part of an order that one index holds in that order.
 *
 * @param rank of all places in it
 * @param key the column, or expression, that decides next
 * @param condition which accounts are in it
 * @param sorted whether an index gives it in order; else it is small, and taken whole
 */
record SearchSegment(int rank, String key, String condition, boolean sorted) {
    /** Numbers of {@code standing}, see the migration. */
    private static final int NEEDING = 0;

    private static final int UNANSWERED = 1;
    private static final int LIVING = 2;
    private static final int GONE = 3;

    private static final String UNEXPLAINED = "(sends > 0" + Figures.UNEXPLAINED + ")";

    /** Returns the segments of an order that have accounts of these states. */
    static List<SearchSegment> of(Order order, Set<Standing> states) {
        return Stream.of(Standing.values())
                .filter(standing -> states.isEmpty() || states.contains(standing))
                .flatMap(standing -> of(order, standing))
                .toList();
    }

    private static Stream<SearchSegment> of(Order order, Standing standing) {
        int rank = Place.rankOf(order, standing);
        String key = key(order, standing);
        return switch (standing) {
            case NEEDS_REAUTHORIZATION -> Stream.of(walked(rank, key, NEEDING));
            case UNCERTAIN -> Stream.of(walked(rank, key, UNANSWERED), late(rank, lateKey(key)));
            case ACTIVE -> Stream.of(active(rank, key));
            case DISCONNECTED -> Stream.of(walked(rank, key, GONE));
        };
    }

    /** What is ever due is of one of two numbers: so the index of what is due serves. */
    private static SearchSegment active(int rank, String key) {
        String living =
                key.equals("due_at") ? "due_at IS NOT NULL AND standing <> " + UNANSWERED : "standing = " + LIVING;
        return new SearchSegment(rank, key, living + " AND NOT " + UNEXPLAINED, true);
    }

    private static SearchSegment walked(int rank, String key, int number) {
        return new SearchSegment(rank, key, "standing = " + number, true);
    }

    /**
     * Refreshes whose process is gone, and guarded retries under way: no more than there are processes' refreshes, among what
     * is due.
     */
    private static SearchSegment late(int rank, String key) {
        return new SearchSegment(rank, key, Figures.UNDER_WAY + Figures.UNEXPLAINED, false);
    }

    private static String lateKey(String key) {
        return switch (key) {
            case "since" -> "first_sent_at";
            case "due_at" -> GrantTable.DUE_AFTER_LEASE;
            default -> key;
        };
    }

    private static String key(Order order, Standing standing) {
        boolean living = standing == Standing.ACTIVE || standing == Standing.UNCERTAIN;
        return switch (order) {
            case NAME -> "name_key";
            case ATTENTION -> "since";
            case NEXT_REFRESH -> living ? "due_at" : "since";
            case EXPIRY -> standing == Standing.DISCONNECTED ? "since" : "access_expires_at";
            case CONNECTED -> "newness";
        };
    }

    /** Tells whether all of its places come after a place, or before it when going back. */
    boolean liesBeyond(Place from, boolean back) {
        return back ? rank < from.rank() : rank > from.rank();
    }

    /** Returns the statement for the places beside one, the nearest first; empty if none can be there. */
    Optional<String> sql(Optional<Place> from, boolean back, String more) {
        boolean whole = from.map(place -> liesBeyond(place, back)).orElse(true);
        if (!whole && rank != from.orElseThrow().rank()) {
            return Optional.empty();
        }
        boolean named = key.equals("name_key");
        String beside = whole || !sorted ? "" : " AND (" + key + ", account_id) " + (back ? "<" : ">") + " (:key, :id)";
        String way = back ? " DESC" : "";
        return Optional.of("SELECT * FROM (SELECT " + rank + " AS place, " + (named ? "0" : key) + " AS number, "
                + (named ? key : "''") + " AS name, account_id FROM grants WHERE client_id = :clientId AND " + condition
                + more + beside
                + (sorted ? " ORDER BY " + key + way + ", account_id" + way + " LIMIT :limit" : "") + ") AS part");
    }
}
