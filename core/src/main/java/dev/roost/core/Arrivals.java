package dev.roost.core;

import dev.roost.core.SignInEndpoint.IdentifyAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sees a new pair home: kept before anything else, then asked whose it is, then made an account's. A pair is given up only
 * when X refuses its refresh token or a newer pair of the same user has come. Safe for many threads and processes.
 */
final class Arrivals {
    private static final System.Logger LOG = System.getLogger(Arrivals.class.getName());
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final Duration FIRST_REST = Duration.ofSeconds(5);
    private static final Duration LONGEST_REST = Duration.ofMinutes(10);
    private static final int AT_ONCE = 50;

    private final SignInStore signIns;
    private final SignInEndpoint x;
    private final Admission admission;
    private final World world;
    private final Backoffs<String> rests;

    Arrivals(SignInStore signIns, SignInEndpoint x, Admission admission, World world) {
        this.signIns = signIns;
        this.x = x;
        this.admission = admission;
        this.world = world;
        this.rests = new Backoffs<>(FIRST_REST, LONGEST_REST, world);
    }

    /** Keeps a pair that X has just issued, whatever the store does, and goes on with it. */
    SignInOutcome keep(SignIn signIn, IssuedPair pair, Instant at) {
        insist(() -> {
            signIns.exchanged(signIn.id(), pair, at);
            return signIn;
        });
        return identify(signIn, pair);
    }

    /** Ends a sign-in. */
    SignInOutcome end(SignIn signIn, SignInStatus status) {
        return insist(() -> {
            signIns.finish(signIn.id(), status);
            return ended(signIn.with(status));
        });
    }

    /**
     * Goes on with the pairs that are kept and have no account yet, each after a rest that doubles.
     *
     * @param renew brings a new pair where the access token has expired before X said whose it is
     */
    void resume(String clientId, Renewal renew) {
        for (SignInStore.Unidentified waiting : signIns.unidentified(clientId, AT_ONCE)) {
            SignIn signIn = waiting.signIn();
            if (rests.holds(signIn.id())) {
                continue;
            }
            rests.fail(signIn.id(), Duration.ZERO);
            boolean expired =
                    !waiting.pair().accessExpiresAt().isAfter(world.clock().instant());
            SignInOutcome outcome = expired ? renewed(waiting, renew) : identify(signIn, waiting.pair());
            if (outcome instanceof SignInOutcome.Standing standing
                    && standing.signIn().status().isFinal()) {
                rests.clear(signIn.id());
            }
        }
    }

    /** Spends a refresh token as an import does. */
    @FunctionalInterface
    interface Renewal {
        SignInOutcome spend(RefreshToken token, Optional<String> expectedUser);
    }

    private SignInOutcome identify(SignIn signIn, IssuedPair pair) {
        return switch (x.identify(pair.tokens().access())) {
            case IdentifyAnswer.Identified known -> insist(() -> ended(admission.admit(signIn, known.user(), pair)));
            case IdentifyAnswer.Rejected rejected ->
                waiting(signIn, rejected.answer().toString());
            case IdentifyAnswer.Unanswered unanswered -> waiting(signIn, unanswered.reason());
        };
    }

    private SignInOutcome ended(SignIn signIn) {
        EngineEvent.SignInEnded.of(signIn).ifPresent(world::tell);
        return new SignInOutcome.Standing(signIn);
    }

    private static SignInOutcome waiting(SignIn signIn, String why) {
        LOG.log(
                System.Logger.Level.WARNING,
                "X does not say whose the tokens of sign-in {0} are ({1}); they are kept, and X is asked again",
                signIn.id(),
                why);
        return new SignInOutcome.Standing(signIn.with(new SignInStatus.Exchanged()));
    }

    /** The access token has expired, but the refresh token may well be alive: spend it, and ask with the new pair. */
    private SignInOutcome renewed(SignInStore.Unidentified waiting, Renewal renew) {
        SignIn signIn = waiting.signIn();
        SignInOutcome outcome = renew.spend(waiting.pair().tokens().refresh(), signIn.expectedUser());
        return switch (outcome) {
            case SignInOutcome.AlreadyKept kept ->
                end(signIn, new SignInStatus.Connected(kept.account().id()));
            case SignInOutcome.Standing standing -> after(signIn, standing.signIn());
            case SignInOutcome.AlreadyUsed used -> waiting(signIn, "another process is at it");
            case SignInOutcome.UnknownState unknown -> waiting(signIn, "another process is at it");
        };
    }

    private SignInOutcome after(SignIn signIn, SignIn renewal) {
        return switch (renewal.status()) {
            case SignInStatus.Connected connected -> end(signIn, connected);
            case SignInStatus.Exchanged exchanged -> end(signIn, SignInFailures.continued(renewal));
            case SignInStatus.Failed failed when SignInFailures.isTokenGone(failed) -> end(signIn, failed);
            case SignInStatus.Failed failed -> waiting(signIn, failed.message());
            case SignInStatus.Pending s -> waiting(signIn, "its renewal is pending");
            case SignInStatus.Exchanging s -> waiting(signIn, "its renewal is under way");
            case SignInStatus.Denied s -> waiting(signIn, "its renewal was denied");
            case SignInStatus.Expired s -> waiting(signIn, "its renewal expired");
        };
    }

    /** Repeats a write for as long as it takes, since X's answer cannot be had again. */
    private <T> T insist(Supplier<T> write) {
        for (boolean first = true; ; first = false) {
            try {
                return write.get();
            } catch (StoreUnavailableException e) {
                if (first) {
                    LOG.log(
                            System.Logger.Level.ERROR,
                            "tokens that X has just issued are not recorded yet ({0}); leave this process running until"
                                    + " the store is back",
                            e.getMessage());
                }
                world.pause(RETRY);
            }
        }
    }
}
