package dev.roost.server.v1;

import dev.roost.core.AccessGrant;
import dev.roost.core.AccountId;
import dev.roost.server.http.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Token answers, written once for each token that is asked for again and again. Safe for many threads. */
final class TokenReplies {
    private static final int MOST = 10_000;

    private final Map<AccountId, Written> written = new ConcurrentHashMap<>();

    private record Written(AccessGrant grant, Reply reply) {}

    /** Returns the answer that hands out this token. */
    Reply of(AccessGrant grant) {
        Written known = written.get(grant.account());
        if (known != null && known.grant().equals(grant)) {
            return known.reply();
        }
        Written fresh = new Written(grant, write(grant));
        if (written.size() >= MOST) {
            written.clear();
        }
        written.put(grant.account(), fresh);
        return fresh.reply();
    }

    private static Reply write(AccessGrant grant) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("accessToken", grant.token().expose());
        body.put("tokenType", "bearer");
        body.put("expiresAt", grant.expiresAt());
        body.put("generation", grant.generation());
        body.put("scopes", grant.scopes().values());
        return Reply.json(200, body);
    }
}
