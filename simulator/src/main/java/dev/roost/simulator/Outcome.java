package dev.roost.simulator;

/** What became of a request to the token endpoint. */
public enum Outcome {
    /** Not decided yet: held, stalled or being worked on. */
    UNDECIDED(false),
    /** The refresh token was spent and a new pair issued. */
    ROTATED(true),
    /** A new access token was issued and the refresh token not spent. */
    RENEWED_WITHOUT_ROTATION(true),
    /** A spent refresh token came within the grace window and got the same new pair again. */
    REPLAYED_IN_GRACE(true),
    /** The refresh token was spent, revoked, expired or never issued. */
    REFUSED_TOKEN(true),
    /** An authorization code was exchanged for a new grant. */
    EXCHANGED(true),
    /** The authorization code, its redirect URI or its verifier was refused. */
    REFUSED_CODE(true),
    /** The app was not recognised or not authenticated. */
    REFUSED_CLIENT(false),
    /** Malformed: a parameter missing or a grant type unknown. */
    BAD_REQUEST(false),
    /** Turned away by a fault before anything was looked at. */
    FAULT_BEFORE(false);

    private final boolean reachedGrant;

    Outcome(boolean reachedGrant) {
        this.reachedGrant = reachedGrant;
    }

    /** Whether the token or code presented was itself judged. */
    public boolean reachedGrant() {
        return reachedGrant;
    }
}
