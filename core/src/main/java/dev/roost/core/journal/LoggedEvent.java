package dev.roost.core.journal;

import dev.roost.core.AccountEvent;
import dev.roost.core.Asked;
import dev.roost.core.LossCause;
import java.time.Duration;
import java.util.Optional;

/**
 * An entry as it stands in the log of its account. No secret in it.
 *
 * @param sequence its place: 1 for the account's first in the chain, one more for each; 0, -1, -2 … backwards from there for
 *     entries from before there was a chain
 * @param event what happened
 * @param asked what X was asked, and how that ended; empty where it was not asked, or not known
 * @param fingerprint stands for the refresh token that was sent or spent, 32 hexadecimal digits; tells nothing about it
 * @param cause why the grant is gone; only where it is
 */
public record LoggedEvent(
        long sequence,
        AccountEvent event,
        Optional<Asked> asked,
        Optional<String> fingerprint,
        Optional<LossCause> cause) {
    /** Returns how long X took, from the request to its whole answer or to the failure; empty where nothing was asked. */
    public Optional<Duration> took() {
        return asked.map(Asked::took);
    }

    /** Tells whether it is part of the chain, so that a change of it shows. */
    public boolean isChained() {
        return sequence > 0;
    }
}
