package dev.roost.server.oauth;

import java.time.Duration;

/** What came of looking at an access token. Nothing in it repeats the token. */
public sealed interface TokenCheck {
    /** It is good. */
    record Good(AgentGrant grant) implements TokenCheck {}

    /**
     * It is not, and never will be.
     *
     * @param why in words that can go on after "it is refused:", printable ASCII without quotes and backslashes, so that it
     *     fits into a challenge (RFC 6750 section 3)
     */
    record Bad(String why) implements TokenCheck {}

    /**
     * Nobody can tell now: the authorization server does not give its keys.
     *
     * @param why for people
     * @param retryAfter when to ask again
     */
    record Undecided(String why, Duration retryAfter) implements TokenCheck {}
}
