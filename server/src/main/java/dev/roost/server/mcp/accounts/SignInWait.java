package dev.roost.server.mcp.accounts;

import dev.roost.core.SignIn;
import dev.roost.core.SignInFlow;
import dev.roost.core.SignInStatus;
import dev.roost.core.StoreUnavailableException;
import dev.roost.mcp.catalog.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** Waits for a sign-in to end by looking at it in the store: another process may be the one that ends it. */
record SignInWait(Means means) {
    /** While a person opens a page, reads it and agrees. */
    static final Duration LONG = Duration.ofMinutes(5);

    /** So long that a client with the usual time limit of a minute still gets the answer. */
    static final Duration SHORT = Duration.ofSeconds(45);

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int LOOKS_BETWEEN_WORDS = 10;

    /**
     * Returns the sign-in when it has ended, or as it stands after the duration or when the process stops; empty if there
     * is none.
     *
     * @throws StoreUnavailableException if the store is away at the end
     * @throws InterruptedException if the client cancelled
     */
    Optional<SignIn> until(String id, Duration atMost, Call call) throws InterruptedException {
        Instant end = means.clock().instant().plus(atMost);
        long looks = atMost.dividedBy(LOOK);
        Optional<SignIn> seen = look(id);
        for (long look = 1;
                look <= looks && !isOver(seen) && means.clock().instant().isBefore(end);
                look++) {
            if (call.isCancelled()) {
                throw new InterruptedException("the client cancelled");
            }
            sleep();
            if (look % LOOKS_BETWEEN_WORDS == 0) {
                sayHowLong(look, atMost, call);
                resume(seen);
            }
            seen = look(id);
        }
        return seen.isPresent() ? seen : flow().find(id);
    }

    private boolean isOver(Optional<SignIn> seen) {
        return hasEnded(seen) || means.stopping().getAsBoolean();
    }

    /** Who stops the process may interrupt the wait, so that it is heard at once; a client may too, which has cancelled. */
    private void sleep() throws InterruptedException {
        try {
            means.sleeper().sleep(LOOK);
        } catch (InterruptedException e) {
            if (!means.stopping().getAsBoolean()) {
                throw e;
            }
        }
    }

    private boolean hasEnded(Optional<SignIn> seen) {
        Instant now = means.clock().instant();
        return seen.isPresent()
                && (seen.get().status().isFinal()
                        || (seen.get().status() instanceof SignInStatus.Pending
                                && !seen.get().expiresAt().isAfter(now)));
    }

    private static void sayHowLong(long look, Duration atMost, Call call) {
        int seconds = (int) LOOK.multipliedBy(look).toSeconds();
        int most = (int) atMost.toSeconds();
        call.progress(
                seconds,
                OptionalDouble.of(most),
                "Waiting for the person to agree at X (" + seconds + " of at most " + most + " s)");
    }

    /** X may not have said yet whose the new tokens are. */
    private void resume(Optional<SignIn> seen) throws InterruptedException {
        if (seen.filter(signIn -> signIn.status() instanceof SignInStatus.Exchanged)
                .isPresent()) {
            try {
                flow().resumeOrLeave();
            } catch (StoreUnavailableException e) {
                System.getLogger(SignInWait.class.getName())
                        .log(System.Logger.Level.DEBUG, "a sign-in waits for the store", e);
            }
        }
    }

    /** A store that is away for a moment is asked again. */
    private Optional<SignIn> look(String id) {
        try {
            return flow().find(id);
        } catch (StoreUnavailableException e) {
            return Optional.empty();
        }
    }

    private SignInFlow flow() {
        return means.setup().engine().signInFlow();
    }
}
