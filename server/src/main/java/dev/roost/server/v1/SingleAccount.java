package dev.roost.server.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.Engine;
import dev.roost.server.http.Call;
import dev.roost.server.http.Parameters;
import dev.roost.server.http.Reply;
import java.util.Optional;

/** One account: how it stands, and its end. */
record SingleAccount(Engine engine) {
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

    private Account account(AccountId id) {
        return engine.accounts().find(id.value());
    }
}
