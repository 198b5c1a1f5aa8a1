package dev.roost.server.v1;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.roost.core.AccessGrant;
import dev.roost.core.Account;
import dev.roost.core.Engine;
import dev.roost.core.access.KeyScope;
import dev.roost.server.http.Call;
import dev.roost.server.http.Endpoint;
import dev.roost.server.http.Members;
import dev.roost.server.http.Parameters;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.server.http.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Access tokens: handing them out, and replacing them before they are due. */
record Tokens(Engine engine, InstantSource clock) {
    private static final int HALF_A_LIFE = 3600;
    private static final String REJECTED = "rejectedGeneration";

    private record TokenJson(
            String accessToken, String tokenType, Instant expiresAt, long generation, Set<String> scopes) {}

    private record RefreshedJson(@JsonUnwrapped AccountJson account, boolean refreshed) {}

    /** Hands out a token. */
    Endpoint handingOut() {
        return new Endpoint() {
            @Override
            public Reply answer(Call call) {
                int seconds = Parameters.of(call, "minTtl").number("minTtl", 0, HALF_A_LIFE, 0);
                return reply(engine.keeper().token(call.account(), Duration.ofSeconds(seconds)));
            }

            @Override
            public Optional<Reply> atOnce(Call call) {
                return call.rawQuery().isEmpty()
                        ? engine.keeper().remembered(call.account()).map(Tokens::reply)
                        : Optional.empty();
            }
        };
    }

    private static Reply reply(AccessGrant grant) {
        return Reply.json(
                200,
                new TokenJson(
                        grant.token().expose(),
                        "bearer",
                        grant.expiresAt(),
                        grant.generation(),
                        grant.scopes().values()));
    }

    Reply refresh(Call call) {
        Parameters.of(call);
        OptionalLong rejected = Members.of(call.jsonOrEmpty(), REJECTED).number(REJECTED);
        Account before = engine.accounts().find(call.account().value());
        check(call, rejected, before);
        return refreshed(new OnDemand(engine, clock).refresh(before, rejected), before);
    }

    private static Reply refreshed(Account after, Account before) {
        boolean newer = after.generation() > before.generation();
        return Reply.json(200, new RefreshedJson(AccountJson.of(after), newer));
    }

    private static void check(Call call, OptionalLong rejected, Account account) {
        boolean atWill = call.caller()
                .key()
                .filter(key -> key.allows(KeyScope.ACCOUNTS_WRITE))
                .isPresent();
        if (rejected.isEmpty() && !atWill) {
            throw new ProblemException(Problem.lasting(
                    403,
                    "scope_missing",
                    "this API key lacks the scope accounts:write, and so may refresh only to replace a token that X"
                            + " refused; name its generation as \"" + REJECTED + "\""));
        }
        if (rejected.isPresent() && rejected.getAsLong() > account.generation()) {
            throw ProblemException.invalid("\"" + REJECTED + "\" is a generation that account " + account.id()
                    + " has not reached; allowed: 1 to " + account.generation());
        }
    }
}
