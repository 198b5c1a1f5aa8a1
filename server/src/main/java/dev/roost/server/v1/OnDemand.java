package dev.roost.server.v1;

import dev.roost.core.Account;
import dev.roost.core.AccountNotFoundException;
import dev.roost.core.Engine;
import dev.roost.core.ReauthorizationRequiredException;
import dev.roost.core.RefreshOutcome;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;

/** Refreshes an account because somebody asks for it. Safe for many threads. */
public final class OnDemand {
    private final Engine engine;
    private final InstantSource clock;

    /** Refreshes there, and reckons waits by this clock. */
    public OnDemand(Engine engine, InstantSource clock) {
        this.engine = engine;
        this.clock = clock;
    }

    /**
     * Refreshes, and returns the account as it is then.
     *
     * @param rejected the generation whose access token X refused: nothing is spent if the account has moved past it; empty: a
     *     refresh at will
     * @throws ProblemException if there is no new pair for now, and the grant is kept
     * @throws ReauthorizationRequiredException if the grant is gone
     * @throws AccountNotFoundException if there is no such account any more
     */
    public Account refresh(Account account, OptionalLong rejected) {
        RefreshOutcome outcome = rejected.isPresent()
                ? engine.keeper().refreshRejected(account.id(), rejected.getAsLong())
                : engine.keeper().refreshNow(account.id());
        return switch (outcome) {
            case RefreshOutcome.Fresh fresh -> fresh.grant().account();
            case RefreshOutcome.Kept kept -> throw new ProblemException(problem(kept, account));
            case RefreshOutcome.Lost lost -> throw new ReauthorizationRequiredException(lost.account(), lost.cause());
            case RefreshOutcome.Absent absent -> throw new AccountNotFoundException("no account " + absent.id());
        };
    }

    private Problem problem(RefreshOutcome.Kept kept, Account account) {
        String code =
                switch (kept.reason()) {
                    case STOPPING -> "stopping";
                    case APP_REJECTED -> "app_rejected";
                    case THROTTLED -> "x_throttled";
                    case NOT_SENT -> "x_unreachable";
                    case ANSWER_MISSING -> "answer_missing";
                    case STORE_UNAVAILABLE -> "store_unavailable";
                    case BUSY -> "refresh_busy";
                    case QUARANTINED -> "quarantined";
                    case REJECTED_AGAIN -> "rejected_again";
                };
        Duration wait = Duration.between(clock.instant(), kept.retryAt());
        return Problem.passing(
                503,
                code,
                "account " + account.id() + " was not refreshed, and its grant is kept: " + kept.detail(),
                wait);
    }
}
