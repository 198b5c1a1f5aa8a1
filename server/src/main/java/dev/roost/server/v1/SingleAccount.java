package dev.roost.server.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import dev.roost.core.AccountId;
import dev.roost.core.Engine;
import dev.roost.server.http.Call;
import dev.roost.server.http.Parameters;
import dev.roost.server.http.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One account: how it stands, what happened to it, and its end. */
record SingleAccount(Engine engine) {
    private static final int MOST_EVENTS = 500;
    private static final int USUAL_EVENTS = 50;

    private record EventJson(Instant at, String kind, long generation, String node, String detail) {
        static EventJson of(AccountEvent event) {
            String kind = event.kind().name().toLowerCase(Locale.ROOT);
            return new EventJson(event.at(), kind, event.generation(), event.node(), event.detail());
        }
    }

    /** The warning says what X did not confirm, and what to do about it. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    private record FarewellJson(
            String id, String username, String xUserId, String state, boolean revokedAtX, Optional<String> warning) {}

    Reply read(Call call) {
        Parameters.of(call);
        return Reply.json(200, AccountJson.of(account(call.account())));
    }

    Reply disconnect(Call call) {
        Parameters.of(call);
        Account account = account(call.account());
        Optional<String> warning = engine.disconnector().disconnect(account.id());
        return Reply.json(
                200,
                new FarewellJson(
                        account.id().value(),
                        account.user().username(),
                        account.user().id(),
                        "disconnected",
                        warning.isEmpty(),
                        warning));
    }

    Reply events(Call call) {
        int limit = Parameters.of(call, "limit").number("limit", 1, MOST_EVENTS, USUAL_EVENTS);
        List<EventJson> events = engine.accounts().journal(call.account(), limit).stream()
                .map(EventJson::of)
                .toList();
        return Reply.json(200, Map.of("data", events));
    }

    private Account account(AccountId id) {
        return engine.accounts().find(id.value());
    }
}
