package dev.roost.server.mcp.accounts;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Tools that belong together, for whoever chooses which are offered. A tool may be in two. */
public enum Family {
    /** The six of mcp-twitter-noauth; they take an account too. */
    STATELESS("twitter_refresh_token|twitter_search_tweets|twitter_get_user_tweets|twitter_get_user_replies"
            + "|twitter_post_tweet|twitter_reply_to_tweet"),
    /** Listing, status, connecting and disconnecting of accounts. */
    ACCOUNTS("twitter_list_accounts|twitter_account_status|twitter_connect_account|twitter_disconnect_account"),
    /** What changes something at X, the two that publish among them. */
    POSTS("twitter_post_tweet|twitter_reply_to_tweet|twitter_delete_tweet|twitter_like_tweet|twitter_retweet"
            + "|twitter_upload_media"),
    /** What reads at X. */
    READ("twitter_search_tweets|twitter_get_user_tweets|twitter_get_user_replies|twitter_get_mentions"
            + "|twitter_get_tweet_metrics|twitter_get_profile|twitter_get_my_tweets"),
    /** The twelve of MCPSocial, which take tokens; only for who knows them. */
    MCPSOCIAL(
            "getTwitterAuthUrl|exchangeTwitterAuthCode|refreshTwitterToken|postToTwitter|replyToTweet|listTwitterTweets"
                    + "|searchTwitter|likeTweet|retweetTweet|getTweetEngagement|deleteTweet|getUserMentions");

    /** Ten tools: enough to connect accounts, search, read and post. */
    public static final Set<Family> DEFAULT = Collections.unmodifiableSet(EnumSet.of(STATELESS, ACCOUNTS));

    /** All but those of MCPSocial. */
    public static final Set<Family> ALL = Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(MCPSOCIAL)));

    /** Their names, between bars. */
    private final String tools;

    Family(String tools) {
        this.tools = "|" + tools + "|";
    }

    /** Returns its name in settings. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean has(String tool) {
        return tools.contains("|" + tool + "|");
    }

    /**
     * Reads names separated by commas; {@code all} stands for all but {@code mcpsocial}.
     *
     * @throws IllegalArgumentException if one is none, or there are none; the message says what there is
     */
    public static Set<Family> parse(String text) {
        Set<Family> chosen = EnumSet.noneOf(Family.class);
        for (String name : text.strip().split("\\s*,\\s*", -1)) {
            if (name.equals("all")) {
                chosen.addAll(ALL);
            } else {
                chosen.add(one(name));
            }
        }
        return Collections.unmodifiableSet(chosen);
    }

    private static Family one(String name) {
        return Arrays.stream(values())
                .filter(family -> family.text().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no family of tools \"" + name
                        + "\"; allowed, separated by commas: all, "
                        + Arrays.stream(values()).map(Family::text).collect(Collectors.joining(", "))));
    }
}
