package dev.roost.server;

import dev.roost.core.Accounts;
import dev.roost.core.SignInFlow;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the server opens onto.
 *
 * @param signIns goes on with sign-ins when X sends people back
 * @param accounts names the account that was connected
 * @param notReady why this process should get no work just now; empty when it should. Asked often, so it must be quick
 * @param version of Roost
 * @param identity the same for all processes that keep the same accounts in the same store; tells nothing else
 */
public record Door(
        SignInFlow signIns, Accounts accounts, Supplier<Optional<String>> notReady, String version, String identity) {}
