package dev.roost.core.limits;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Knows which calls X would turn away for their number. Safe for many threads; never throws. */
public interface RateBudget {
    /** Knows nothing, and lets all calls through. */
    RateBudget NONE = new RateBudget() {
        @Override
        public Optional<Hold> held(String route, String account) {
            return Optional.empty();
        }

        @Override
        public void heard(List<RateWindow> windows) {
            // Nobody asks.
        }
    };

    /**
     * Why a call is held back.
     *
     * @param until when it may be made, by Roost's clock
     * @param why for people
     */
    record Hold(Instant until, String why) {}

    /**
     * Returns why this call must not be made now; empty when it may be. May wait a tenth of a second for the store.
     *
     * @param route method and path template
     * @param account who calls; empty when that is not known, and then nothing is held
     */
    Optional<Hold> held(String route, String account);

    /** Hears what X said with an answer. Returns at once. */
    void heard(List<RateWindow> windows);
}
