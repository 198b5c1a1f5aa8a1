package dev.roost.simulator;

/** Where a fault can strike. */
public enum Endpoint {
    /** The consent page, {@code GET /i/oauth2/authorize}. */
    AUTHORIZE,
    /** {@code POST /2/oauth2/token}. */
    TOKEN,
    /** {@code POST /2/oauth2/revoke}. */
    REVOKE,
    /** Any data call, whichever of those below it is. */
    API,
    /** {@code GET /2/users/me}. */
    USERS_ME,
    /** {@code GET /2/users/by/username/:name}. */
    USERS,
    /** Every call that makes, looks up or deletes posts, including {@code GET /2/users/:id/tweets}. */
    TWEETS,
    /** {@code GET /2/tweets/search/recent}. */
    SEARCH,
    /** {@code GET /2/users/:id/mentions}. */
    MENTIONS,
    /** {@code POST /2/users/:id/likes}, and the {@code DELETE} that undoes it. */
    LIKES,
    /** {@code POST /2/users/:id/retweets}, and the {@code DELETE} that undoes it. */
    RETWEETS,
    /** Every step of an upload, under {@code /2/media/upload}. */
    MEDIA,
    /** The controls under {@code /_sim}; no fault can be queued for them. */
    CONTROL;

    /** Whether a fault queued for this endpoint strikes a request that arrived at {@code actual}. */
    boolean covers(Endpoint actual) {
        return this == actual || (this == API && actual.isData());
    }

    private boolean isData() {
        return switch (this) {
            case API, USERS_ME, USERS, TWEETS, SEARCH, MENTIONS, LIKES, RETWEETS, MEDIA -> true;
            case AUTHORIZE, TOKEN, REVOKE, CONTROL -> false;
        };
    }
}
