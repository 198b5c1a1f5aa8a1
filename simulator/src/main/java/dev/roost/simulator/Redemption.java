package dev.roost.simulator;

/** What came of presenting a refresh token. */
sealed interface Redemption {

    /** Spent, and a new pair issued. */
    record Rotated(Issued issued) implements Redemption {}

    /** Not spent; a new access token issued. */
    record Renewed(Issued issued) implements Redemption {}

    /** Spent before, but within the grace window: the same new pair. */
    record Replayed(Issued issued) implements Redemption {}

    /** Spent, killed, expired, an access token or never issued. */
    record Refused() implements Redemption {}

    /** Issued to another app. */
    record Foreign() implements Redemption {}
}
