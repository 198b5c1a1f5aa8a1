package dev.roost.server.v1;

import dev.roost.core.AccountId;
import dev.roost.core.access.ApiKey;
import dev.roost.core.access.AuditEntry;
import dev.roost.core.access.AuditTrail;
import dev.roost.core.access.KeyScope;
import dev.roost.server.http.Call;
import dev.roost.server.http.Parameters;
import dev.roost.server.http.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The API key that calls, and what was done with all of them. */
record Keys(AuditTrail trail) {
    private static final int MOST_ROWS = 1000;
    private static final int USUAL_ROWS = 100;

    private record KeyJson(
            String id,
            String name,
            List<String> scopes,
            List<String> accounts,
            int requestsPerMinute,
            Instant createdAt) {
        static KeyJson of(ApiKey key) {
            return new KeyJson(
                    key.id(),
                    key.name(),
                    key.scopes().stream().map(KeyScope::text).toList(),
                    key.accounts().stream().map(AccountId::value).toList(),
                    key.requestsPerMinute(),
                    key.createdAt());
        }
    }

    private record AuditJson(
            Instant firstAt,
            Instant lastAt,
            String key,
            Optional<String> account,
            String operation,
            String outcome,
            long count) {
        static AuditJson of(AuditEntry entry) {
            return new AuditJson(
                    entry.first(),
                    entry.last(),
                    entry.key(),
                    entry.account().map(AccountId::value),
                    entry.operation(),
                    entry.outcome(),
                    entry.count());
        }
    }

    Reply own(Call call) {
        Parameters.of(call);
        return Reply.json(200, KeyJson.of(call.caller().key().orElseThrow()));
    }

    Reply audit(Call call) {
        Coverage.requireAll(call.caller(), "reads the audit trail of all accounts");
        int limit = Parameters.of(call, "limit").number("limit", 1, MOST_ROWS, USUAL_ROWS);
        return Reply.json(
                200,
                Map.of("data", trail.newest(limit).stream().map(AuditJson::of).toList()));
    }
}
