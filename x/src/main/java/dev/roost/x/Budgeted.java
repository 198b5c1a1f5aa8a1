package dev.roost.x;

import dev.roost.core.limits.RateBudget;
import java.time.InstantSource;
import java.util.Optional;

/** Holds calls of accounts back that X would turn away, and tells the budget what X says. Safe for many threads. */
final class Budgeted {
    private final RateBudget budget;
    private final InstantSource clock;
    private final ReplyReader replies;

    Budgeted(RateBudget budget, InstantSource clock) {
        this.budget = budget;
        this.clock = clock;
        this.replies = new ReplyReader(clock);
    }

    /** Returns why the call must not be made now. */
    Optional<RateBudget.Hold> held(String account, String method, String path) {
        String route = XRoutes.name(method, path);
        return account.isEmpty() || route.equals(XRoutes.OTHER) ? Optional.empty() : budget.held(route, account);
    }

    /** Hears an answer. */
    void heard(String account, String method, String path, Delivery.Answered answer) {
        String route = XRoutes.name(method, path);
        if (!account.isEmpty() && !route.equals(XRoutes.OTHER)) {
            budget.heard(replies.limits(answer).of(route, account, clock.instant()));
        }
    }

    /** Says what a 429 of X would say, and that it did not come from X. */
    static String explain(RateBudget.Hold hold) {
        return "Roost held the call back and X was not asked, for X has said that it would refuse or because the rest of the"
                + " limit is shared out: " + hold.why() + ". Wait until " + hold.until() + ".";
    }
}
