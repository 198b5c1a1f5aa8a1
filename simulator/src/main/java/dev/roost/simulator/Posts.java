package dev.roost.simulator;

import dev.roost.simulator.LedgerPost.Reactions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What users published. Guarded by the lock of {@link World}. */
final class Posts {

    private static final long FIRST_ID = 1_900_000_000_000_000_001L;

    private final SimulatedClock clock;
    private final Map<String, LedgerPost> posts = new LinkedHashMap<>();
    private long nextId = FIRST_ID;

    Posts(SimulatedClock clock) {
        this.clock = clock;
    }

    /** Publishes without any check; a reply joins the conversation of its parent, if there is one. */
    LedgerPost publish(String userId, Draft draft) {
        String id = takeId();
        String conversation = draft.links()
                .replyTo()
                .flatMap(this::find)
                .map(LedgerPost::conversationId)
                .orElse(id);
        LedgerPost post = new LedgerPost(
                id, userId, draft.text(), clock.now(), false, conversation, draft.links(), Reactions.NONE);
        posts.put(id, post);
        return post;
    }

    /** An id that no post has; reposts have one too. */
    String takeId() {
        return Long.toString(nextId++);
    }

    /** Whether one of the user's posts that still stand has this text. A post without text is never a duplicate. */
    boolean isDuplicate(String userId, String text) {
        return !text.isBlank()
                && of(userId).stream().anyMatch(post -> post.text().equals(text));
    }

    /** The post with this id, unless it was deleted. */
    Optional<LedgerPost> find(String id) {
        return Optional.ofNullable(posts.get(id)).filter(post -> !post.deleted());
    }

    /** The author of the post with this id, unless it was deleted. */
    Optional<String> authorOf(String id) {
        return find(id).map(LedgerPost::userId);
    }

    /** A user's posts that still stand, newest first. */
    List<LedgerPost> of(String userId) {
        return matching(post -> post.userId().equals(userId));
    }

    /** Posts that name {@code @username} and still stand, newest first. */
    List<LedgerPost> mentioning(String username) {
        return matching(post -> isMentioned(username, post.text()));
    }

    /** Posts that still stand, newest first. */
    List<LedgerPost> matching(Predicate<LedgerPost> wanted) {
        return posts.values().stream()
                .filter(post -> !post.deleted() && wanted.test(post))
                .toList()
                .reversed();
    }

    static boolean isMentioned(String username, String text) {
        return Pattern.compile("(?<![A-Za-z0-9_@])@" + username + "(?![A-Za-z0-9_])", Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .find();
    }

    void delete(LedgerPost post) {
        posts.put(post.id(), post.asDeleted());
    }

    void react(LedgerPost post, Reactions reactions) {
        posts.put(post.id(), post.with(reactions));
    }

    /** Every post, deleted ones too, oldest first. */
    List<LedgerPost> all() {
        return List.copyOf(posts.values());
    }
}
