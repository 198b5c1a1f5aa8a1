package dev.roost.cli;

import dev.roost.core.AccountId;
import dev.roost.core.access.ApiKey;
import dev.roost.core.access.KeyScope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An API key as {@code --json} shows it.
 *
 * @param id no secret
 * @param name what people call it
 * @param scopes what it allows
 * @param accounts the ids of the accounts it is good for; empty: all
 * @param requestsPerMinute 0: no limit
 * @param createdAt when it was made
 * @param revokedAt when it was revoked, else null
 */
record ApiKeyView(
        String id,
        String name,
        List<String> scopes,
        List<String> accounts,
        int requestsPerMinute,
        Instant createdAt,
        Optional<Instant> revokedAt) {
    static ApiKeyView of(ApiKey key) {
        return new ApiKeyView(
                key.id(),
                key.name(),
                key.scopes().stream().map(KeyScope::text).toList(),
                key.accounts().stream().map(AccountId::value).toList(),
                key.requestsPerMinute(),
                key.createdAt(),
                key.revokedAt());
    }

    /** Writes it for people, 80 columns wide. */
    String text() {
        String indent = " ".repeat(id.length() + 2);
        String limit = requestsPerMinute == 0 ? "no limit" : requestsPerMinute + " requests a minute";
        String times = "created " + Times.exact(createdAt)
                + revokedAt.map(at -> ", revoked " + Times.exact(at)).orElse("");
        return String.join(
                System.lineSeparator(),
                id + "  " + name,
                indent + times,
                Wrap.hanging(indent, "scopes: " + String.join(", ", scopes) + "; " + limit, indent.length()),
                Wrap.hanging(
                        indent,
                        "accounts: " + (accounts.isEmpty() ? "all" : String.join(", ", accounts)),
                        indent.length()));
    }
}
