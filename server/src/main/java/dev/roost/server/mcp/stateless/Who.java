package dev.roost.server.mcp.stateless;

import dev.roost.server.mcp.ByAccount;
import dev.roost.x.XCaller;
import java.util.Optional;

/** For whom a tool works. */
sealed interface Who {
    /** Whoever owns the token that the call brings. */
    record Bearer(XCaller caller) implements Who {}

    /** An account that Roost keeps. */
    record Kept(String account, ByAccount tools) implements Who {}

    /** Reads it from a call, which names one of the two. */
    static Who of(Given given, Optional<ByAccount> accounts) {
        Optional<Kept> kept = kept(given, accounts, "twitter_access_token");
        return kept.isPresent() ? kept.get() : new Bearer(XCaller.of(given.accessToken()));
    }

    /** Reads the account, if the call names one; then it may not bring this token too. */
    static Optional<Kept> kept(Given given, Optional<ByAccount> accounts, String token) {
        Optional<Kept> kept = accounts.flatMap(tools -> given.text("account").map(account -> new Kept(account, tools)));
        if (kept.isPresent() && given.has(token)) {
            throw BadCallException.plain("give account or " + token + ", not both");
        }
        return kept;
    }
}
