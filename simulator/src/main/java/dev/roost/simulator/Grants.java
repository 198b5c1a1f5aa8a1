package dev.roost.simulator;

import dev.roost.simulator.LedgerToken.Kind;
import dev.roost.simulator.LedgerToken.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The grants and their tokens. Guarded by the lock of {@link World}.
 *
 * <ul>
 *   <li>A user has one grant per app: a new one kills the earlier.
 *   <li>A refresh token is spent by its first use.
 * </ul>
 */
final class Grants {

    private final SimulatedClock clock;
    private final Switches switches;
    private final TokenText text;
    private final List<Grant> grants = new ArrayList<>();
    private final Map<String, Token> tokens = new LinkedHashMap<>();

    Grants(SimulatedClock clock, Switches switches, TokenText text) {
        this.clock = clock;
        this.switches = switches;
        this.text = text;
    }

    /** Makes a grant and its first tokens, and kills the earlier grant of the same user to the same app. */
    Issued create(String clientId, String userId, List<String> scopes) {
        grants.stream()
                .filter(grant -> grant.belongsTo(clientId, userId))
                .forEach(grant -> grant.kill("superseded by a new authorization"));
        Grant grant = new Grant("grant-" + (grants.size() + 1), clientId, userId, scopes);
        grants.add(grant);
        return issuePair(grant, new Origin.Consent());
    }

    /**
     * Judges a refresh token, and spends it when it is good.
     *
     * @param request number to note as the spender
     * @param rotate whether to spend it; otherwise only a new access token is issued
     */
    Redemption redeem(String clientId, String refreshToken, int request, boolean rotate) {
        Token token = tokens.get(refreshToken);
        if (token == null || token.kind() == Kind.ACCESS) {
            return new Redemption.Refused();
        }
        if (!token.grant().clientId().equals(clientId)) {
            return new Redemption.Foreign();
        }
        Instant now = clock.now();
        if (token.isLiveAt(now)) {
            return rotate ? rotate(token, request, now) : renew(token);
        }
        return graceFor(token, now).orElseGet(() -> refuse(token));
    }

    private Redemption rotate(Token token, int request, Instant now) {
        if (switches.oldAccessDies()) {
            token.grant().killAccess("superseded by a refresh");
        }
        Issued successor = issuePair(token.grant(), new Origin.Refresh(token.value()));
        token.spend(request, now, successor);
        return new Redemption.Rotated(successor);
    }

    private Redemption renew(Token token) {
        return new Redemption.Renewed(
                new Issued(List.of(issue(Kind.ACCESS, token.grant(), new Origin.Refresh(token.value())))));
    }

    private Optional<Redemption> graceFor(Token token, Instant now) {
        return token.successorWithin(switches.graceWindow(), now)
                .filter(issued -> issued.tokens().stream().allMatch(next -> next.isLiveAt(now)))
                .map(Redemption.Replayed::new);
    }

    private Redemption refuse(Token token) {
        if (token.isSpent() && switches.familyKill()) {
            token.grant().kill("a spent refresh token of the family was replayed");
        }
        return new Redemption.Refused();
    }

    /** Kills a token: with a refresh token its whole grant, with an access token only that. */
    void revokeToken(String clientId, String value) {
        Token token = tokens.get(value);
        if (token == null || !token.grant().clientId().equals(clientId)) {
            return;
        }
        if (token.kind() == Kind.REFRESH) {
            token.grant().kill("revoked by the app");
        } else {
            token.kill("revoked by the app");
        }
    }

    /** Kills every grant of a user. */
    void revokeUser(String userId) {
        grants.stream()
                .filter(grant -> grant.userId().equals(userId))
                .forEach(grant -> grant.kill("revoked by the user"));
    }

    /** The grant that an access token opens now. */
    Optional<Grant> grantOf(String accessToken) {
        return Optional.ofNullable(tokens.get(accessToken))
                .filter(token -> token.kind() == Kind.ACCESS && token.isLiveAt(clock.now()))
                .map(Token::grant);
    }

    /** The number of the request that spent a refresh token, if one did. */
    OptionalInt spentBy(String refreshToken) {
        Token token = tokens.get(refreshToken);
        return token == null ? OptionalInt.empty() : token.snapshot(clock.now()).spentBy();
    }

    Optional<LedgerToken> token(String value) {
        Instant now = clock.now();
        return Optional.ofNullable(tokens.get(value)).map(token -> token.snapshot(now));
    }

    List<LedgerToken> snapshot() {
        Instant now = clock.now();
        return tokens.values().stream().map(token -> token.snapshot(now)).toList();
    }

    private Issued issuePair(Grant grant, Origin origin) {
        List<Token> pair = new ArrayList<>();
        pair.add(issue(Kind.ACCESS, grant, origin));
        if (grant.isOffline()) {
            pair.add(issue(Kind.REFRESH, grant, origin));
        }
        return new Issued(pair);
    }

    private Token issue(Kind kind, Grant grant, Origin origin) {
        Instant now = clock.now();
        Token token = kind == Kind.ACCESS
                ? new Token(text.access(now), kind, grant, origin, now, switches.tokenLifetime())
                : new Token(text.refresh(now), kind, grant, origin, now, switches.refreshLifetime());
        grant.add(token);
        tokens.put(token.value(), token);
        return token;
    }
}
