package dev.roost.simulator;

import java.time.Instant;

/**
 * One request to the token endpoint.
 *
 * @param number counts from 1, in order of arrival
 * @param time of arrival, on the simulator's clock
 * @param grantType as sent; empty when missing
 * @param presented the refresh token or authorization code sent; empty when missing
 * @param outcome what became of it
 * @param fault what was made to go wrong
 * @param answered whether the answer was written whole and at once, no fault in its way
 * @param startTick place of the arrival in the order of all arrivals and ends
 * @param endTick place of the end, taken just before the last of the answer is written or the connection closed;
 *     {@link Long#MAX_VALUE} while in flight
 */
public record LedgerRequest(
        int number,
        Instant time,
        String grantType,
        String presented,
        Outcome outcome,
        FaultKind fault,
        boolean answered,
        long startTick,
        long endTick) {

    /** Whether the request has arrived and not ended. */
    public boolean inFlight() {
        return endTick == Long.MAX_VALUE;
    }

    /** Whether both presented the same refresh token and neither had ended when the other arrived. */
    boolean overlaps(LedgerRequest other) {
        return grantType.equals("refresh_token")
                && other.grantType.equals("refresh_token")
                && presented.equals(other.presented)
                && startTick < other.endTick
                && other.startTick < endTick;
    }
}
