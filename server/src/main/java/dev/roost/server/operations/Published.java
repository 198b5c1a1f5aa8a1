package dev.roost.server.operations;

import dev.roost.x.RateLimits;
import java.time.Instant;

/** What became of a post. Where nothing was published, there is a problem instead. */
public sealed interface Published {
    /**
     * It is published.
     *
     * @param id what X calls it
     * @param text as X shows it where X said so, else as it was sent
     * @param reconciled whether X's answer was missing, or came to an earlier request, and the post was found to be there
     * @param limits what may still be called, as far as X said
     */
    record Confirmed(String id, String text, boolean reconciled, RateLimits limits) implements Published {}

    /**
     * Nobody knows. It is not sent again.
     *
     * @param reason why nobody knows, in words that end a sentence
     * @param sentAt when it was sent
     */
    record Unknown(String reason, Instant sentAt) implements Published {}
}
