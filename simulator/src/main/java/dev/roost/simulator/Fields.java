package dev.roost.simulator;

import java.util.List;
import java.util.Set;

/**
 * What an answer shall show beyond X's few defaults.
 *
 * @param post from {@code tweet.fields}
 * @param user from {@code user.fields}
 * @param authors whether {@code expansions} asks for the authors
 */
record Fields(Set<String> post, Set<String> user, boolean authors) {

    /** The parameters that {@link #of} reads, and those of X that change nothing here. */
    static final List<String> NAMES =
            List.of("tweet.fields", "user.fields", "expansions", "media.fields", "poll.fields", "place.fields");

    private static final List<String> POST = names("""
            article attachments author_id card_uri community_id context_annotations conversation_id created_at
            display_text_range edit_controls edit_history_tweet_ids entities geo id in_reply_to_user_id lang media_metadata
            non_public_metrics note_tweet organic_metrics possibly_sensitive promoted_metrics public_metrics
            referenced_tweets reply_settings scopes source suggested_source_links text withheld""");
    private static final List<String> USER = names("""
            affiliation confirmed_email connection_status created_at description entities id is_identity_verified location
            most_recent_tweet_id name parody pinned_tweet_id profile_banner_url profile_image_url protected public_metrics
            receives_your_dm subscription subscription_type url username verified verified_followers_count verified_type
            withheld""");
    private static final List<String> EXPANSIONS = names("""
            attachments.media_keys attachments.poll_ids author_id edit_history_tweet_ids entities.mentions.username
            geo.place_id in_reply_to_user_id pinned_tweet_id referenced_tweets.id referenced_tweets.id.author_id""");

    /** Copies the sets. */
    Fields {
        post = Set.copyOf(post);
        user = Set.copyOf(user);
    }

    /** Only X's defaults. */
    static Fields none() {
        return new Fields(Set.of(), Set.of(), false);
    }

    static Fields of(Query query) {
        return new Fields(
                query.list("tweet.fields", POST),
                query.list("user.fields", USER),
                query.list("expansions", EXPANSIONS).contains("author_id"));
    }

    private static List<String> names(String text) {
        return List.of(text.strip().split("\\s+"));
    }
}
