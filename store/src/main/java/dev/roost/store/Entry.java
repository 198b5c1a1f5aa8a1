package dev.roost.store;

import dev.roost.core.AccountEvent;
import dev.roost.core.Asked;
import dev.roost.core.LossCause;
import java.util.Optional;

/**
 * What an entry of the log says, without its place.
 *
 * @param event what happened
 * @param asked what X was asked
 * @param sent the fingerprint of the refresh token that was sent, where {@code spent} does not say it
 * @param spent the fingerprint of the refresh token that was spent for what the entry tells of
 * @param cause why the grant is gone
 */
record Entry(
        AccountEvent event,
        Optional<Asked> asked,
        Optional<String> sent,
        Optional<String> spent,
        Optional<LossCause> cause) {
    static Entry of(AccountEvent event) {
        return new Entry(event, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    Entry spending(Optional<String> fingerprint) {
        return new Entry(event, asked, sent, fingerprint, cause);
    }

    Entry sending(String fingerprint) {
        return new Entry(event, asked, Optional.of(fingerprint), spent, cause);
    }

    Entry asking(Optional<Asked> how) {
        return new Entry(event, how, sent, spent, cause);
    }

    Entry losing(Optional<LossCause> why) {
        return new Entry(event, asked, sent, spent, why);
    }
}
