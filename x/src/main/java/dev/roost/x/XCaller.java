package dev.roost.x;

import dev.roost.core.AccessToken;
import dev.roost.core.Scopes;
import java.util.Optional;

/**
 * For whom a call is made.
 *
 * @param token of the account
 * @param granted the scopes of its grant; empty when they are not known, also if X never named them
 * @param name what messages call the account, such as {@code @ada}
 * @param account whose limits count; empty when it is not known, and then no call is held back
 */
public record XCaller(AccessToken token, Optional<Scopes> granted, String name, String account) {
    /** Takes no scopes at all for unknown ones: X names none when it granted all that were asked for. */
    public XCaller {
        granted = granted.filter(scopes -> !scopes.values().isEmpty());
    }

    /** A caller of whom only the token is known. */
    public static XCaller of(AccessToken token) {
        return new XCaller(token, Optional.empty(), "the account", "");
    }

    /** A caller whose grant is known: a call whose scope is missing is refused here, and nothing is sent. */
    public static XCaller of(AccessToken token, Scopes granted, String username) {
        return new XCaller(token, Optional.of(granted), "@" + username, "");
    }
}
