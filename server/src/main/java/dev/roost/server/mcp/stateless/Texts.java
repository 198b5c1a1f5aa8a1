package dev.roost.server.mcp.stateless;

/** What models read of the tools. Each begins with the original's own sentence. Prices are X's of 2026. */
final class Texts {
    static final String OLD_ACCESS_TOKEN = "Twitter OAuth2 access token (optional if expired)";
    static final String REFRESH_TOKEN = "Twitter OAuth2 refresh token";
    static final String CLIENT_ID = "Twitter OAuth2 client ID for token refresh";
    static final String CLIENT_SECRET = "Twitter OAuth2 client secret (required only for confidential clients)";

    static final String BY_ACCOUNT = " With account instead of a token, it is done for an account that Roost keeps.";

    private static final String ERRORS =
            " Errors give X's reason in details: 401 means that the access token has expired"
                    + " (call twitter_refresh_token), 429 to wait as long as it says, 402 that the developer account has no"
                    + " credits, 403 that a scope is missing or a policy of X forbids it; no token helps against the last two.";
    private static final String READING =
            " X charges for each post and each author that it returns, so ask for no more" + " than you need.";
    private static final String WRITING =
            " It is public at once. X charges about $0.015 for it, and $0.20 with a link in"
                    + " it. At most 280 characters as X counts them: a link counts 23, an emoji or a Chinese character 2. After an"
                    + " error that says that X may have done it, look at the account's posts; do not just repeat it.";

    static final String REFRESH = "Refresh the access token using the refresh token and client credentials."
            + " It spends the refresh token: store the new pair. Use it when another tool fails with 401, or shortly"
            + " before expires_at. Leave the client secret out for a public app. If the answer did not arrive, make the"
            + " same call once more: for about two minutes it brings the same pair. An error says whether the refresh"
            + " token was spent, and whether the user must sign in again. It costs nothing.";
    static final String SEARCH = "Search for tweets using the Twitter API. It looks through the last seven days, in X's"
            + " search language, newest first. max_results is 10 to 100."
            + READING
            + ERRORS;
    static final String TWEETS =
            "Get recent tweets by a specific user. Give user_id or username, with or without the @;"
                    + " a username costs one more call. max_results is 5 to 100."
                    + READING
                    + ERRORS;
    static final String REPLIES = "Get recent replies by a specific user. It looks through the last seven days. Give"
            + " user_id or username, with or without the @; a username costs one more call. max_results is 10 to 100."
            + READING
            + ERRORS;
    static final String POST = "Post a new tweet." + WRITING + ERRORS;
    static final String REPLY =
            "Reply to an existing tweet. X allows it only where the author of that post mentioned or"
                    + " answered the account."
                    + WRITING
                    + ERRORS;

    private Texts() {}
}
