package dev.roost.cli;

import static java.util.Map.entry;

import dev.roost.cli.RecordedCalls.Row;
import java.util.Map;
import java.util.Optional;

/**
 * Recorded calls that break the schema of their tool. The original's dispatcher had words of its own for them; since its SDK
 * 1.10.0, {@code Input validation error: …} comes before these. Here it comes too, and never with the value.
 */
final class Violations {
    private static final Map<String, String> REASONS = Map.ofEntries(
            entry(
                    "S0.3: no arguments, twitter_refresh_token",
                    "\"twitter_refresh_token\" is missing; \"twitter_client_id\" is missing"),
            entry(
                    "S0.3: no arguments, twitter_search_tweets",
                    "\"twitter_access_token\" is missing; \"query\" is missing"),
            entry("S0.3: no arguments, twitter_get_user_tweets", "\"twitter_access_token\" is missing"),
            entry("S0.3: no arguments, twitter_get_user_replies", "\"twitter_access_token\" is missing"),
            entry("S0.3: no arguments, twitter_post_tweet", "\"twitter_access_token\" is missing; \"text\" is missing"),
            entry(
                    "S0.3: no arguments, twitter_reply_to_tweet",
                    "\"twitter_access_token\" is missing; \"tweet_id\" is missing; \"text\" is missing"),
            entry("S0.3: refresh token missing", "\"twitter_refresh_token\" is missing"),
            entry("S0.3: refresh token null, before the client id", "\"twitter_refresh_token\" must be of type string"),
            entry("S0.3: client id missing", "\"twitter_client_id\" is missing"),
            entry("S0.3: access token missing, twitter_search_tweets", "\"twitter_access_token\" is missing"),
            entry("S0.3: access token missing, twitter_get_user_tweets", "\"twitter_access_token\" is missing"),
            entry("S0.3: access token missing, twitter_get_user_replies", "\"twitter_access_token\" is missing"),
            entry("S0.3: access token missing, twitter_post_tweet", "\"twitter_access_token\" is missing"),
            entry("S0.3: access token missing, twitter_reply_to_tweet", "\"twitter_access_token\" is missing"),
            entry("S0.3: access token null", "\"twitter_access_token\" must be of type string"),
            entry("S0.3: no query", "\"query\" is missing"),
            entry("S0.3: post without text", "\"text\" is missing"),
            entry("S0.3: reply without tweet id", "\"tweet_id\" is missing"),
            entry("S0.3: reply without anything, the tweet id first", "\"tweet_id\" is missing; \"text\" is missing"),
            entry("S0.3: max_results no number, twitter_search_tweets", "\"max_results\" must be of type integer"),
            entry("S0.3: max_results null, twitter_search_tweets", "\"max_results\" must be of type integer"),
            entry("S0.3: max_results no number, twitter_get_user_tweets", "\"max_results\" must be of type integer"),
            entry("S0.3: max_results null, twitter_get_user_tweets", "\"max_results\" must be of type integer"),
            entry("S0.3: max_results no number, twitter_get_user_replies", "\"max_results\" must be of type integer"),
            entry("S0.3: max_results null, twitter_get_user_replies", "\"max_results\" must be of type integer"),
            entry(
                    "S0.3: max_results looked at before the query",
                    "\"max_results\" must be of type integer; \"query\" is missing"),
            entry("S0.3: max_results that may be a secret is not repeated", "\"max_results\" must be of type integer"),
            entry("S0.4-2: a number as text", "\"max_results\" must be of type integer"));

    private Violations() {}

    /** Tells how many there are. */
    static int count() {
        return REASONS.size();
    }

    /** Returns the text that takes the place of the recorded one. */
    static Optional<String> of(Row row) {
        return Optional.ofNullable(REASONS.get(row.about())).map(reason -> "Input validation error: " + reason);
    }
}
