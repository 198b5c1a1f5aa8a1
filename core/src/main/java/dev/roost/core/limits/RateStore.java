package dev.roost.core.limits;

import dev.roost.core.StoreUnavailableException;
import java.time.Instant;
import java.util.List;

/** Windows of which little or nothing is left, shared by all processes of an app. Safe for many threads. */
public interface RateStore {
    /**
     * Notes windows. Of the same window the stricter telling stays: the one with less left, then the one that is believed
     * longer.
     *
     * @throws StoreUnavailableException if the store is away; some may be noted then
     */
    void note(String clientId, List<RateWindow> windows, Instant now);

    /**
     * Returns the windows of an app that are not over.
     *
     * @throws StoreUnavailableException if the store is away
     */
    List<RateWindow> live(String clientId, Instant now);

    /**
     * Counts the accounts of an app that are not disconnected.
     *
     * @throws StoreUnavailableException if the store is away
     */
    long accounts(String clientId);

    /**
     * Deletes windows that were over before this moment, and returns how many.
     *
     * @throws StoreUnavailableException if the store is away
     */
    long forget(Instant before);
}
