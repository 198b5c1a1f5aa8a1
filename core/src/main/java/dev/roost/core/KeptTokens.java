package dev.roost.core;

import java.util.Optional;

/** Answers callers who bring a token that Roost keeps: it is never sent behind the engine's back. Safe for many threads. */
final class KeptTokens implements KeptGrants {
    private final TokenStore store;
    private final TokenKeeper keeper;
    private final TokenEndpoint own;
    private final RefreshPolicy policy;
    private final World world;

    /** Wires it; {@code own} is the endpoint that the keeper's accounts are refreshed at. */
    KeptTokens(TokenStore store, TokenKeeper keeper, TokenEndpoint own, RefreshPolicy policy, World world) {
        this.store = store;
        this.keeper = keeper;
        this.own = own;
        this.policy = policy;
        this.world = world;
    }

    @Override
    public boolean isOwn(CallerApp app) {
        return app.endpoint().equals(own);
    }

    @Override
    public Optional<CallerAnswer> answer(CallerApp app, RefreshToken token) {
        return holding(app.clientId(), token)
                .map(holding -> stranger(app)
                        .orElseGet(() -> app.clientId().equals(own.clientId())
                                ? answer(holding, token)
                                : answerForOtherApp(holding)));
    }

    @Override
    public boolean stands(CallerAnswer.Rotated before) {
        try {
            return before.keptAs()
                    .flatMap(store::account)
                    .filter(account -> account.state() instanceof AccountState.Disconnected)
                    .isEmpty();
        } catch (StoreUnavailableException e) {
            return true;
        }
    }

    /**
     * Returns whose a token is or was; empty when it is nobody's. The spool is looked at first: whoever knows the token of
     * a pair got it when the pair was in the spool or in the store, and it goes from there to here.
     *
     * @throws StoreUnavailableException if that cannot be told, since the store is away or an answer waits for it
     */
    private Optional<Holding> holding(String clientId, RefreshToken token) {
        Optional<AccountId> spooled = keeper.spooledWith(token);
        if (spooled.isPresent() && !keeper.drained(spooled.get())) {
            throw new StoreUnavailableException(
                    "the answer of X that brought this token rests in the spool, for the store did not take it yet",
                    new IllegalStateException("account " + spooled.get()));
        }
        return store.holding(clientId, token, world.clock().instant());
    }

    /** What to tell a caller whose credentials X does not accept: nothing of the accounts. */
    private Optional<CallerAnswer> stranger(CallerApp app) {
        if (isOwn(app)) {
            return Optional.empty();
        }
        return switch (app.endpoint().probe()) {
            case Verdict.GrantRefused accepted -> Optional.empty();
            case Verdict.Rotated accepted -> Optional.empty();
            case Verdict.AppRejected rejected -> Optional.of(new CallerAnswer.AppRejected(rejected.answer()));
            case Verdict.Throttled throttled ->
                Optional.of(new CallerAnswer.Throttled(throttled.answer(), throttled.retryAfter()));
            case Verdict.NotSent failed -> Optional.of(notSent(failed.reason()));
            case Verdict.Unknown failed -> Optional.of(notSent(failed.reason()));
        };
    }

    /** Answers for an account that this process refreshes. */
    private CallerAnswer answer(Holding holding, RefreshToken token) {
        return switch (holding) {
            case Holding.Live live -> newer(live.account(), token);
            case Holding.Spent spent when spent.isPredecessor() -> current(spent, token);
            case Holding.Spent spent -> elsewhere(spent);
            case Holding.Importing importing -> underWay(importing);
        };
    }

    /** Answers for an account of an app that this process does not refresh. */
    private CallerAnswer answerForOtherApp(Holding holding) {
        return switch (holding) {
            case Holding.Live live -> new CallerAnswer.KeptElsewhere(live.account(), Optional.empty());
            case Holding.Spent spent -> elsewhere(spent);
            case Holding.Importing importing -> underWay(importing);
        };
    }

    private CallerAnswer newer(Account held, RefreshToken token) {
        return switch (keeper.newerThan(held.id(), held.generation())) {
            case RefreshOutcome.Fresh fresh
            when isSameSignIn(held, fresh.grant()) -> rotated(fresh.grant(), token, false);
            case RefreshOutcome.Fresh fresh -> notSent("account " + held.id() + " was signed in again meanwhile");
            case RefreshOutcome.Kept kept -> new CallerAnswer.KeptNotNow(held, kept);
            case RefreshOutcome.Lost lost -> new CallerAnswer.KeptLost(lost.account(), lost.cause());
            case RefreshOutcome.Absent absent -> notSent("account " + held.id() + " was disconnected meanwhile");
        };
    }

    /** The token was spent by Roost just before: its holder gets what Roost got for it, renewed first if that is due. */
    private CallerAnswer current(Holding.Spent spent, RefreshToken token) {
        Optional<Grant> found = store.grant(spent.account().id()).filter(g -> isSameSignIn(spent.account(), g));
        if (found.isEmpty()) {
            return elsewhere(spent);
        }
        Grant grant = found.get();
        if (grant.account().state() instanceof AccountState.NeedsReauthorization gone) {
            return new CallerAnswer.KeptLost(grant.account(), gone.cause());
        }
        return switch (freshness(grant)) {
            case FRESH -> rotated(grant, token, true);
            case DUE -> newerOr(rotated(grant, token, true), grant.account(), token);
            case EXPIRED -> newer(grant.account(), token);
        };
    }

    private CallerAnswer newerOr(CallerAnswer present, Account held, RefreshToken token) {
        CallerAnswer answer = newer(held, token);
        return answer instanceof CallerAnswer.KeptNotNow ? present : answer;
    }

    private Freshness freshness(Grant grant) {
        AccessGrant held = AccessGrant.of(grant);
        return Freshness.of(
                held.issuedAt(),
                held.expiresAt(),
                held.refreshAt(),
                world.clock().instant(),
                policy);
    }

    /** A sign-in since then is another consent, perhaps for another holder of tokens. */
    private static boolean isSameSignIn(Account held, Grant now) {
        return held.connectedAt().equals(now.account().connectedAt());
    }

    private static CallerAnswer rotated(Grant grant, RefreshToken token, boolean replayed) {
        Account account = grant.account();
        boolean isNew = !grant.tokens().refresh().equals(token);
        return new CallerAnswer.Rotated(
                grant.tokens(),
                account.accessExpiresAt(),
                Optional.of(account.scopes()),
                isNew,
                replayed,
                Optional.of(account.id()));
    }

    private static CallerAnswer elsewhere(Holding.Spent spent) {
        return new CallerAnswer.KeptElsewhere(spent.account(), Optional.of(spent.at()));
    }

    private CallerAnswer underWay(Holding.Importing importing) {
        return notSent(
                "an import of this token is under way: " + importing.signIn().id());
    }

    private CallerAnswer notSent(String why) {
        return new CallerAnswer.NotSent(why, policy.firstBackoff());
    }
}
