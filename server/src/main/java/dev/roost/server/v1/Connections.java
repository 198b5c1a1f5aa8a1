package dev.roost.server.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.roost.core.Account;
import dev.roost.core.SignIn;
import dev.roost.core.SignInFlow;
import dev.roost.core.SignInOrigin;
import dev.roost.core.SignInStatus;
import dev.roost.core.access.KeyScope;
import dev.roost.server.http.Call;
import dev.roost.server.http.Caller;
import dev.roost.server.http.Parameters;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.server.http.Reply;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Connecting accounts: a program begins, a person consents, the program sees how it went. */
record Connections(Setup setup) {
    private record WhoJson(String id, String username, String xUserId) {
        static WhoJson of(Account account) {
            return new WhoJson(
                    account.id().value(),
                    account.user().username(),
                    account.user().id());
        }
    }

    private record ErrorJson(String code, String message) {}

    /** What there is none of is left out. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    private record ConnectionJson(
            String connectionId,
            String status,
            Optional<String> label,
            Instant createdAt,
            Instant expiresAt,
            Optional<WhoJson> account,
            Optional<ErrorJson> error) {}

    static String path(SignIn signIn) {
        return "/v1/connections/" + signIn.id();
    }

    Reply create(Call call) {
        Parameters.of(call);
        Wish wish = Wish.read(call.jsonOrEmpty(), setup);
        Optional<String> expected =
                Coverage.expected(call.caller(), setup.engine().accounts(), wish.expectedUser());
        SignInOrigin origin = new SignInOrigin(
                wish.label(), wish.returnUrl(), Optional.of(call.caller().name()));
        SignInFlow.Started started =
                setup.engine().signInFlow().start(setup.callbackUrl(), wish.scopes(), expected, origin);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("connectionId", started.signIn().id());
        body.put("authorizationUrl", started.authorizationUrl().toString());
        body.put("expiresAt", started.signIn().expiresAt());
        body.put("status", "pending");
        return Reply.json(201, body).with("Location", path(started.signIn()));
    }

    Reply read(Call call) {
        Parameters.of(call);
        SignIn signIn = setup.engine()
                .signInFlow()
                .find(call.value("connection"))
                .filter(found -> isVisible(found, call.caller()))
                .orElseThrow(() -> new ProblemException(Problem.lasting(
                        404, "connection_not_found", "this API key has begun no connection with this id")));
        return Reply.json(200, json(signIn));
    }

    /** To the key that began it, and to one that may do everything. */
    private static boolean isVisible(SignIn signIn, Caller caller) {
        boolean own = signIn.origin().key().equals(Optional.of(caller.name()));
        boolean admin = !caller.isLimited()
                && caller.key().filter(key -> key.allows(KeyScope.ADMIN)).isPresent();
        return own || admin;
    }

    private ConnectionJson json(SignIn signIn) {
        return new ConnectionJson(
                signIn.id(),
                ConnectionStatus.word(signIn, setup.clock().instant()),
                signIn.origin().label(),
                signIn.createdAt(),
                signIn.expiresAt(),
                signIn.status() instanceof SignInStatus.Connected done
                        ? Optional.of(WhoJson.of(
                                setup.engine().accounts().find(done.account().value())))
                        : Optional.empty(),
                signIn.status() instanceof SignInStatus.Failed failed
                        ? Optional.of(new ErrorJson(failed.code(), failed.message()))
                        : Optional.empty());
    }
}
