package dev.roost.server.mcp.accounts;

import dev.roost.core.Accounts;
import dev.roost.core.World;
import dev.roost.mcp.catalog.Changes;
import dev.roost.server.operations.Tools;
import dev.roost.server.v1.Reauthorizations;
import dev.roost.server.v1.Setup;
import dev.roost.x.Tweet.LengthCheck;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the account tools work with.
 *
 * @param opened where the accounts are; asked for when a tool is called, not before, so that listing the tools opens nothing
 * @param arrival makes sure that a sign-in can end
 * @param sleeper waits between two looks at a sign-in
 * @param changes where it is announced that a tool took an account out
 * @param length whether the length of posts is checked before anything is sent
 * @param clock the time of day
 * @param stopping whether the process is about to end: then nobody is waited for any more
 */
public record Means(
        Supplier<Opened> opened,
        SignInArrival arrival,
        World.Sleeper sleeper,
        Changes changes,
        LengthCheck length,
        InstantSource clock,
        BooleanSupplier stopping) {
    /** For a process that ends without telling: waits for people are then as long as ever. */
    public Means(
            Supplier<Opened> opened,
            SignInArrival arrival,
            World.Sleeper sleeper,
            Changes changes,
            LengthCheck length,
            InstantSource clock) {
        this(opened, arrival, sleeper, changes, length, clock, () -> false);
    }

    /**
     * An opened store, and X.
     *
     * @param setup what the account API works on, too
     * @param x what operations at X work with
     * @param reauthorizations begins sign-ins for accounts that were lost
     */
    public record Opened(Setup setup, Tools x, Reauthorizations reauthorizations) {}

    Setup setup() {
        return opened.get().setup();
    }

    Tools x() {
        return opened.get().x();
    }

    Reauthorizations reauthorizations() {
        return opened.get().reauthorizations();
    }

    Accounts accounts() {
        return setup().engine().accounts();
    }
}
