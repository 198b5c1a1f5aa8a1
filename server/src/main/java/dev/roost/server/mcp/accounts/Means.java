package dev.roost.server.mcp.accounts;

import dev.roost.core.Accounts;
import dev.roost.core.World;
import dev.roost.mcp.catalog.Changes;
import dev.roost.server.operations.Tools;
import dev.roost.server.v1.Reauthorizations;
import dev.roost.server.v1.Setup;
import dev.roost.x.Tweet.LengthCheck;
import java.time.InstantSource;

/**
 * What the account tools work with.
 *
 * @param setup what the account API works on, too
 * @param x what operations at X work with
 * @param reauthorizations begins sign-ins for accounts that were lost
 * @param arrival makes sure that such a sign-in can end
 * @param sleeper waits between two looks at a sign-in
 * @param changes where it is announced that a tool took an account out
 * @param length whether the length of posts is checked before anything is sent
 */
public record Means(
        Setup setup,
        Tools x,
        Reauthorizations reauthorizations,
        SignInArrival arrival,
        World.Sleeper sleeper,
        Changes changes,
        LengthCheck length) {
    Accounts accounts() {
        return setup.engine().accounts();
    }

    InstantSource clock() {
        return setup.clock();
    }
}
