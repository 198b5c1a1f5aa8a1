package dev.roost.server.http;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.AccountNotFoundException;
import dev.roost.core.Accounts;
import dev.roost.core.Secret;
import dev.roost.core.access.ApiKey;
import dev.roost.core.access.KeyScope;
import dev.roost.server.oauth.AccessTokens;
import dev.roost.server.oauth.AgentGrant;
import dev.roost.server.oauth.TokenCheck;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Request;

/**
 * Who may come in as an agent ({@link Access.Agent}): a program of this machine that shows nothing, who has an API key, and
 * who has an access token, if there is an authorization server. What is shown is checked, on this machine too. Safe for many
 * threads.
 */
final class Agents {
    private static final String SCHEME = "Bearer ";

    private final KeyCheck keys;
    private final Optional<AccessTokens> tokens;
    private final Accounts accounts;
    private final Challenges challenges;

    Agents(KeyCheck keys, Guards guards) {
        this.keys = keys;
        this.tokens = guards.tokens();
        this.accounts = guards.accounts();
        this.challenges = guards.challenges();
    }

    Caller admit(Request request, Access.Agent access, boolean isLocal) {
        List<String> authorization = request.getHeaders().getValuesList("Authorization");
        List<String> keyHeader = request.getHeaders().getValuesList("X-API-Key");
        refuseWrongPlaces(request, authorization.size() + keyHeader.size());
        if (!keyHeader.isEmpty()) {
            Secret text = readable(keyHeader.getFirst()).orElseThrow(() -> wrongKey(access));
            return keyed(text).orElseThrow(() -> wrongKey(access));
        }
        if (!authorization.isEmpty()) {
            return bearer(authorization.getFirst(), access);
        }
        if (isLocal) {
            return Caller.LOCAL;
        }
        throw missing(access);
    }

    /** What stands in an address is in logs and histories already, so it is not even looked at (RFC 9700 section 4.3.2). */
    private void refuseWrongPlaces(Request request, int headers) {
        String query = request.getHttpURI().getQuery();
        if (query != null && query.matches("(?i)(.*&)?access_?token=.*")) {
            throw misplaced(
                    "a token does not belong in an address, where logs keep it; revoke this one, and send the next as"
                            + " Authorization: Bearer");
        }
        if (headers > 1) {
            throw misplaced("there is more than one credential; send one, as Authorization: Bearer");
        }
    }

    private Caller bearer(String header, Access.Agent access) {
        Optional<Secret> text = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? readable(header.substring(SCHEME.length()))
                : Optional.empty();
        Secret secret = text.orElseThrow(() -> missing(access));
        return keyed(secret).orElseGet(() -> byToken(secret, access));
    }

    private Optional<Caller> keyed(Secret text) {
        Optional<ApiKey> key = keys.find(text);
        return key.map(keys::counted).map(Caller::of);
    }

    private Caller byToken(Secret text, Access.Agent access) {
        AccessTokens checks = tokens.orElseThrow(() -> wrongKey(access));
        return switch (checks.check(text)) {
            case TokenCheck.Good good -> caller(good.grant());
            case TokenCheck.Bad bad -> throw refused(bad.why(), access);
            case TokenCheck.Undecided undecided ->
                throw new ProblemException(Problem.passing(
                        503,
                        "issuer_unavailable",
                        "this access token cannot be checked now: " + undecided.why()
                                + ". Send it again later, or use an API key",
                        undecided.retryAfter()));
        };
    }

    /** Accounts that are not known are left out; when none is left, none is covered. */
    private Caller caller(AgentGrant grant) {
        Optional<Set<AccountId>> accounts = grant.accounts()
                .map(ids -> ids.stream()
                        .flatMap(id -> account(id).stream())
                        .collect(Collectors.toCollection(TreeSet::new)));
        return Caller.of(grant, accounts);
    }

    /** @param id Roost's or X's; a username may consist of digits too, and is none of these */
    private Optional<AccountId> account(String id) {
        if (AccountId.isForm(id)) {
            return Optional.of(new AccountId(id));
        }
        try {
            return Optional.of(accounts.find(id))
                    .filter(account -> account.user().id().equals(id))
                    .map(Account::id);
        } catch (AccountNotFoundException e) {
            return Optional.empty();
        }
    }

    private static Optional<Secret> readable(String text) {
        boolean plain = !text.isBlank() && text.strip().chars().noneMatch(Character::isISOControl);
        return plain ? Optional.of(Secret.of(text)) : Optional.empty();
    }

    private ProblemException missing(Access.Agent access) {
        Problem problem = tokens.map(checks -> Problem.lasting(
                        401,
                        "credentials_missing",
                        "send an access token of " + checks.resource().issuer()
                                + " or an API key: Authorization: Bearer …; make a key with: roost api-key create"))
                .orElseGet(KeyCheck::unknown);
        return new ProblemException(problem.withChallenge(challenges.missing(access.first())));
    }

    private ProblemException wrongKey(Access.Agent access) {
        Set<KeyScope> first = access.first();
        return new ProblemException(
                KeyCheck.unknown().withChallenge(challenges.invalidToken("this API key is not valid", first)));
    }

    private ProblemException refused(String why, Access.Agent access) {
        return new ProblemException(Problem.lasting(
                        401, "token_invalid", "this is no valid API key, and as an access token it is refused: " + why)
                .withChallenge(challenges.invalidToken(why, access.first())));
    }

    private ProblemException misplaced(String why) {
        return new ProblemException(
                Problem.lasting(400, "invalid_request", why).withChallenge(challenges.invalidRequest(why)));
    }
}
