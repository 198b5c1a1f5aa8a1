package dev.roost.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One post published on the simulated X, as it stands at the moment of the snapshot.
 *
 * @param id 19 digits
 * @param userId the author
 * @param text as sent
 * @param createdAt on the simulator's clock
 * @param deleted whether the author took it down since
 * @param conversationId the id of the post that began the conversation; the own one when this did
 * @param links what it answers, quotes and carries
 * @param reactions who liked it and who reposted it
 */
public record LedgerPost(
        String id,
        String userId,
        String text,
        Instant createdAt,
        boolean deleted,
        String conversationId,
        Links links,
        Reactions reactions) {

    LedgerPost asDeleted() {
        return new LedgerPost(id, userId, text, createdAt, true, conversationId, links, reactions);
    }

    LedgerPost with(Reactions others) {
        return new LedgerPost(id, userId, text, createdAt, deleted, conversationId, links, others);
    }

    /**
     * What a post answers, quotes and carries.
     *
     * @param replyTo the id of the post it answers
     * @param quotes the id of the post it quotes
     * @param mediaIds uploads it shows, in order
     * @param poll what it asks
     */
    public record Links(Optional<String> replyTo, Optional<String> quotes, List<String> mediaIds, Optional<Poll> poll) {

        static final Links NONE = new Links(Optional.empty(), Optional.empty(), List.of(), Optional.empty());

        /** Copies the list. */
        public Links {
            mediaIds = List.copyOf(mediaIds);
        }

        static Links replyingTo(Optional<String> parent) {
            return new Links(parent, Optional.empty(), List.of(), Optional.empty());
        }
    }

    /**
     * A poll.
     *
     * @param options two to four, of up to 25 characters
     * @param minutes how long it is open, 5 to 10080
     */
    public record Poll(List<String> options, int minutes) {

        /** Copies the list. */
        public Poll {
            options = List.copyOf(options);
        }
    }

    /**
     * Who reacted to a post.
     *
     * @param likedBy user ids
     * @param repostedBy the id of each repost, by the id of its user
     */
    public record Reactions(Set<String> likedBy, Map<String, String> repostedBy) {

        static final Reactions NONE = new Reactions(Set.of(), Map.of());

        /** Copies both. */
        public Reactions {
            likedBy = Set.copyOf(likedBy);
            repostedBy = Map.copyOf(repostedBy);
        }

        Reactions liked(String userId) {
            Set<String> likes = new LinkedHashSet<>(likedBy);
            likes.add(userId);
            return new Reactions(likes, repostedBy);
        }

        Reactions unliked(String userId) {
            Set<String> likes = new LinkedHashSet<>(likedBy);
            likes.remove(userId);
            return new Reactions(likes, repostedBy);
        }

        Reactions reposted(String userId, String repostId) {
            Map<String, String> reposts = new LinkedHashMap<>(repostedBy);
            reposts.put(userId, repostId);
            return new Reactions(likedBy, reposts);
        }

        Reactions unreposted(String userId) {
            Map<String, String> reposts = new LinkedHashMap<>(repostedBy);
            reposts.remove(userId);
            return new Reactions(likedBy, reposts);
        }
    }
}
