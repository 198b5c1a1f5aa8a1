package dev.roost.core;

/**
 * What an engine has in common with the other processes on its store, besides the grants.
 *
 * @param feed news of what they change
 * @param apps which apps X rejects
 * @param uses when accounts were last used
 */
public record Peers(ChangeFeed feed, AppStates apps, UseStore uses) {
    /** For a process that is alone. */
    public static final Peers NONE = new Peers(ChangeFeed.NONE, AppStates.NONE);

    /** Makes one that does not know when accounts were last used. */
    public Peers(ChangeFeed feed, AppStates apps) {
        this(feed, apps, UseStore.NONE);
    }

    /** Returns the same, with this for when accounts were last used. */
    public Peers counting(UseStore other) {
        return new Peers(feed, apps, other);
    }
}
