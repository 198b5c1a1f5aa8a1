package dev.roost.cli;

import dev.roost.cli.wiring.Roost;
import dev.roost.core.SignIn;
import dev.roost.core.SignInStatus;
import java.time.Duration;

/**
 * Waits for a sign-in to end, by looking at it in the store: another process may be the one that ends it.
 *
 * @param own whether this process receives the callback, and so has to ask X whose a pair is
 */
record SignInWait(Roost roost, Duration atMost, boolean own) {
    private static final Duration LOOK = Duration.ofMillis(150);
    private static final int LOOKS_BETWEEN_RESUMES = 20;

    SignIn until(String id) {
        long end = System.nanoTime() + atMost.toNanos();
        for (int looks = 1; System.nanoTime() < end; looks++) {
            SignIn signIn = roost.engine().signInFlow().find(id).orElseThrow();
            if (isFinal(signIn.status())) {
                return signIn;
            }
            if (own && signIn.status() instanceof SignInStatus.Exchanged && looks % LOOKS_BETWEEN_RESUMES == 0) {
                roost.engine().signInFlow().resume();
            }
            pause();
        }
        return late(id);
    }

    private SignIn late(String id) {
        SignIn signIn = roost.engine().signInFlow().find(id).orElseThrow();
        if (signIn.status() instanceof SignInStatus.Pending) {
            throw new CommandFailure(
                    ExitCode.TRY_LATER,
                    "no_answer",
                    "nobody came back from X within " + Times.span(atMost) + ". Nothing was changed; start again: roost"
                            + " connect");
        }
        return signIn;
    }

    private static boolean isFinal(SignInStatus status) {
        return switch (status) {
            case SignInStatus.Pending open -> false;
            case SignInStatus.Exchanging open -> false;
            case SignInStatus.Exchanged open -> false;
            case SignInStatus.Connected end -> true;
            case SignInStatus.Denied end -> true;
            case SignInStatus.Expired end -> true;
            case SignInStatus.Failed end -> true;
        };
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.TRY_LATER, "interrupted", "stopped waiting; start again: roost connect");
        }
    }
}
