package dev.roost.cli.wiring;

import dev.roost.core.TokenPace;
import dev.roost.core.limits.FairBudget;
import dev.roost.core.limits.RateBudget;
import dev.roost.core.limits.SharedPace;
import dev.roost.core.limits.SharedWindows;
import java.util.concurrent.Executor;

/**
 * What this process knows of X's limits, together with all others of the app.
 *
 * @param budget for calls of API v2
 * @param pace for refreshes
 */
record Limits(RateBudget budget, TokenPace pace) {
    static Limits of(Vault vault, String clientId, Executor executor) {
        SharedWindows windows =
                new SharedWindows(vault.store().rates(), clientId, vault.clock(), System::nanoTime, executor);
        return new Limits(new FairBudget(windows), new SharedPace(windows));
    }
}
