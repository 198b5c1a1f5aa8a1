package dev.roost.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What users published. Guarded by the lock of {@link World}. */
final class Posts {

    private static final long FIRST_ID = 1_900_000_000_000_000_001L;

    private final SimulatedClock clock;
    private final Map<String, LedgerPost> posts = new LinkedHashMap<>();

    Posts(SimulatedClock clock) {
        this.clock = clock;
    }

    LedgerPost publish(String userId, String text) {
        String id = Long.toString(FIRST_ID + posts.size());
        LedgerPost post = new LedgerPost(id, userId, text, clock.now(), false);
        posts.put(id, post);
        return post;
    }

    boolean isDuplicate(String userId, String text) {
        return of(userId).stream().anyMatch(post -> post.text().equals(text));
    }

    /** The post with this id, unless it was deleted. */
    Optional<LedgerPost> find(String id) {
        return Optional.ofNullable(posts.get(id)).filter(post -> !post.deleted());
    }

    /** A user's posts that still stand, newest first. */
    List<LedgerPost> of(String userId) {
        return posts.values().stream()
                .filter(post -> post.userId().equals(userId) && !post.deleted())
                .toList()
                .reversed();
    }

    void delete(LedgerPost post) {
        posts.put(post.id(), new LedgerPost(post.id(), post.userId(), post.text(), post.createdAt(), true));
    }

    /** Every post, deleted ones too, oldest first. */
    List<LedgerPost> all() {
        return List.copyOf(posts.values());
    }
}
