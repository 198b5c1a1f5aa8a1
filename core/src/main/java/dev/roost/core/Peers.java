package dev.roost.core;

/**
 * What an engine has in common with the other processes on its store, besides the grants.
 *
 * @param feed news of what they change
 * @param apps which apps X rejects
 */
public record Peers(ChangeFeed feed, AppStates apps) {
    /** For a process that is alone. */
    public static final Peers NONE = new Peers(ChangeFeed.NONE, AppStates.NONE);
}
