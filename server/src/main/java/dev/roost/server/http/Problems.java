package dev.roost.server.http;

import dev.roost.core.AccountNotFoundException;
import dev.roost.core.KeeperException;
import dev.roost.core.ReauthorizationRequiredException;
import dev.roost.core.RefreshPendingException;
import dev.roost.core.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;

/** The one place where a failure becomes a problem. */
public final class Problems {
    private static final System.Logger LOG = System.getLogger(Problems.class.getName());
    private static final Duration SOON = Duration.ofSeconds(2);

    private final InstantSource clock;

    /** Reckons waits by this clock. */
    public Problems(InstantSource clock) {
        this.clock = clock;
    }

    /** Says what went wrong. What nobody expected is logged, and its cause shown to nobody. */
    public Problem of(RuntimeException failure) {
        return switch (failure) {
            case ProblemException known -> known.problem();
            case KeeperException known -> of(known);
            default -> unexpected(failure);
        };
    }

    private Problem of(KeeperException failure) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure) {
            case AccountNotFoundException gone -> Problem.lasting(404, "account_not_found", message);
            case ReauthorizationRequiredException gone -> Problem.lasting(409, "needs_reauthorization", message);
            case RefreshPendingException later -> Problem.passing(503, "refresh_pending", message, wait(later));
            case StoreUnavailableException away -> Problem.passing(503, "store_unavailable", message, SOON);
            default -> unexpected(failure);
        };
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
