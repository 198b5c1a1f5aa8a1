package dev.roost.server.mcp.stateless;

import dev.roost.core.CallerApp;
import dev.roost.core.CallerRefreshes;
import dev.roost.core.Secret;
import dev.roost.server.mcp.ByAccount;
import dev.roost.x.Tweet;
import dev.roost.x.XApi;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the tools work with. Nothing is asked for before a tool is called, so that listing the tools opens nothing.
 *
 * @param api calls of X
 * @param apiUrl where X is, for messages
 * @param refreshes refreshes the tokens of callers
 * @param apps the apps that callers refresh for; for the engine's own app, with the engine's own endpoint
 * @param accounts acts for accounts that Roost keeps; empty: the tools do not offer it
 * @param length whether the length of a post is checked before X is asked; accounts with premium may post more
 * @param clock the time of day
 */
public record Kit(
        Supplier<XApi> api,
        URI apiUrl,
        Supplier<CallerRefreshes> refreshes,
        Apps apps,
        Optional<ByAccount> accounts,
        Tweet.LengthCheck length,
        InstantSource clock) {
    /** Knows apps by what a call says of them. */
    @FunctionalInterface
    public interface Apps {
        /**
         * Returns the app; asks X nothing.
         *
         * @param clientId printable ASCII without spaces, quotes and colons
         * @param clientSecret empty for a public client
         * @throws IllegalArgumentException if there can be no such app
         */
        CallerApp app(String clientId, Optional<Secret> clientSecret);
    }
}
