package dev.roost.x;

import tools.jackson.databind.JsonNode;

/**
 * How a post was received; 0 for what X did not say.
 *
 * @param retweets {@code retweet_count}, or {@code repost_count} as X's OpenAPI calls it since August 2026
 */
public record Metrics(long likes, long retweets, long replies, long quotes, long impressions) {
    /** Reads {@code public_metrics} of a post as X wrote it. */
    public static Metrics of(JsonNode tweet) {
        JsonNode counts = tweet.path("public_metrics");
        return new Metrics(
                count(counts, "like_count"),
                counts.has("retweet_count") ? count(counts, "retweet_count") : count(counts, "repost_count"),
                count(counts, "reply_count"),
                count(counts, "quote_count"),
                count(counts, "impression_count"));
    }

    private static long count(JsonNode counts, String name) {
        JsonNode count = counts.path(name);
        return count.isIntegralNumber() && count.canConvertToLong() ? count.longValue() : 0;
    }
}
