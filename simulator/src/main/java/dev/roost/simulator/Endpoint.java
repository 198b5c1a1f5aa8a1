package dev.roost.simulator;

/** Where a fault can strike. */
public enum Endpoint {
    /** The consent page, {@code GET /i/oauth2/authorize}. */
    AUTHORIZE,
    /** {@code POST /2/oauth2/token}. */
    TOKEN,
    /** {@code POST /2/oauth2/revoke}. */
    REVOKE,
    /** Any data call: {@link #USERS_ME}, {@link #USERS} and {@link #TWEETS} alike. */
    API,
    /** {@code GET /2/users/me}. */
    USERS_ME,
    /** {@code GET /2/users/by/username/:name}. */
    USERS,
    /** Every call that makes, reads or deletes posts, including {@code GET /2/users/:id/tweets}. */
    TWEETS,
    /** The controls under {@code /_sim}; no fault can be queued for them. */
    CONTROL;

    /** Whether a fault queued for this endpoint strikes a request that arrived at {@code actual}. */
    boolean covers(Endpoint actual) {
        return this == actual || (this == API && (actual == USERS_ME || actual == USERS || actual == TWEETS));
    }
}
