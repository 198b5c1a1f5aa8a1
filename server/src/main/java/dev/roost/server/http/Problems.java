package dev.roost.server.http;

import dev.roost.core.AccountId;
import dev.roost.core.AccountNotFoundException;
import dev.roost.core.KeeperException;
import dev.roost.core.ReauthorizationRequiredException;
import dev.roost.core.RefreshPendingException;
import dev.roost.core.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The one place where a failure becomes a problem. */
public final class Problems {
    private static final System.Logger LOG = System.getLogger(Problems.class.getName());
    private static final Duration SOON = Duration.ofSeconds(2);

    private final InstantSource clock;
    private final Remedy remedy;

    /** Reckons waits by this clock, and knows where lost grants are brought back. */
    public Problems(InstantSource clock, Remedy remedy) {
        this.clock = clock;
        this.remedy = remedy;
    }

    /**
     * Says what went wrong. What nobody expected is logged, and its cause shown to nobody.
     *
     * @param about the account that the request was about, which exists
     */
    public Problem of(RuntimeException failure, Optional<AccountId> about) {
        return switch (failure) {
            case ProblemException known -> known.problem();
            case AccountNotFoundException gone when about.isPresent() -> disconnected(about.get());
            case KeeperException known -> of(known);
            default -> unexpected(failure);
        };
    }

    /** An account is never deleted, so one that exists and cannot be found any more was taken out. */
    private static Problem disconnected(AccountId id) {
        return Problem.lasting(
                410,
                "account_disconnected",
                "account " + id
                        + " was disconnected, and its tokens are deleted; connect it anew: POST /v1/connections");
    }

    private Problem of(KeeperException failure) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure) {
            case AccountNotFoundException gone -> Problem.lasting(404, "account_not_found", message);
            case ReauthorizationRequiredException gone -> lost(gone, message);
            case RefreshPendingException later -> Problem.passing(503, "refresh_pending", message, wait(later));
            case StoreUnavailableException away -> Problem.passing(503, "store_unavailable", message, SOON);
            default -> unexpected(failure);
        };
    }

    private Problem lost(ReauthorizationRequiredException gone, String message) {
        Problem problem = Problem.lasting(409, "needs_reauthorization", message);
        return remedy.reauthorizeUrl(gone.account())
                .map(problem::withReauthorization)
                .orElse(problem);
    }

    private Duration wait(RefreshPendingException later) {
        Duration wait = Duration.between(clock.instant(), later.retryAt());
        return wait.compareTo(SOON) < 0 ? SOON : wait;
    }

    private static Problem unexpected(RuntimeException failure) {
        LOG.log(System.Logger.Level.ERROR, "a request failed in a way it should not", failure);
        return Problem.lasting(500, "internal", "something went wrong inside Roost; its log says what");
    }
}
