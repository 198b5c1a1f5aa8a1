package dev.roost.server.operations;

import dev.roost.x.Metrics;
import dev.roost.x.TweetId;

/** How a post was received, as every door shows it. */
public record MetricsJson(String id, long likes, long retweets, long replies, long quotes, long impressions) {
    /** Shows the figures of this post. */
    public static MetricsJson of(TweetId id, Metrics m) {
        return new MetricsJson(id.value(), m.likes(), m.retweets(), m.replies(), m.quotes(), m.impressions());
    }
}
