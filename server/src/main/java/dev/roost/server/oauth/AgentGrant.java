package dev.roost.server.oauth;

import dev.roost.core.access.KeyScope;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a good access token allows.
 *
 * @param principal for whom and which client it was issued, as a digest: {@code oauth:} and 32 hexadecimal digits; the same
 *     for all tokens of both, and no secret
 * @param client the client it was issued to, as the authorization server calls it; empty if it does not say
 * @param scopes those of its scopes that Roost knows; may be none
 * @param accounts the ids of the accounts that it is good for, Roost's or X's, at most {@value #MOST_ACCOUNTS}; empty: all
 */
public record AgentGrant(String principal, String client, Set<KeyScope> scopes, Optional<Set<String>> accounts) {
    static final int MOST_ACCOUNTS = 100;
    static final Pattern X_USER_ID = Pattern.compile("[0-9]{1,19}");
    private static final int LONGEST_NAME = 200;

    /** Copies the sets. */
    public AgentGrant {
        scopes = Collections.unmodifiableSet(new TreeSet<>(scopes));
        accounts = accounts.map(names -> Collections.unmodifiableSet(new TreeSet<>(names)));
    }

    /** Returns who it is, in words for people; a client's name that people could misread is not repeated. */
    public String shown() {
        boolean plain =
                client.length() <= LONGEST_NAME && client.chars().allMatch(c -> c > ' ' && c <= '~' && c != '"');
        return client.isEmpty() || !plain
                ? "an OAuth client (" + principal + ")"
                : "the OAuth client \"" + client + "\" (" + principal + ")";
    }
}
