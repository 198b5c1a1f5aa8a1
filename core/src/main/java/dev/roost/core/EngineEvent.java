package dev.roost.core;

import java.time.Duration;
import java.util.Optional;

/**
 * What the engine tells whoever keeps logs and metrics of it ({@link World#listener()}). Holds no secret. Events come on
 * the threads of the engine, never between an answer of X and the write that makes it durable.
 */
public sealed interface EngineEvent {
    /** What is refreshed. */
    sealed interface Subject {
        /**
         * An account that Roost keeps.
         *
         * @param generation the generation that is spent; a rotation brings the next
         */
        record Kept(AccountId account, String username, long generation) implements Subject {
            static Kept of(Account account) {
                return new Kept(account.id(), account.user().username(), account.generation());
            }
        }

        /** A token of a caller who keeps its own. */
        record Caller(String clientId) implements Subject {}
    }

    /** What became of a refresh; see {@link Verdict}. */
    enum Outcome {
        /** X issued a new pair. */
        ROTATED,
        /** X refused the refresh token. */
        GRANT_REFUSED,
        /** X rejected the app. */
        APP_REJECTED,
        /** X, or the network in front of it, turned the request away. */
        THROTTLED,
        /** Nothing left this machine. */
        NOT_SENT,
        /** X's answer is missing. */
        UNKNOWN
    }

    /**
     * What X issued, without the tokens.
     *
     * @param lifetime how long the access token lives
     * @param hasNewRefreshToken whether X replaced the refresh token
     * @param scopes what X said of the scopes
     */
    record Issued(Duration lifetime, boolean hasNewRefreshToken, Optional<Scopes> scopes) {
        static Issued of(Verdict.Rotated rotated) {
            return new Issued(rotated.lifetime(), rotated.refresh().isPresent(), rotated.scopes());
        }
    }

    /** A refresh token is about to be sent. {@link RefreshEnded} follows unless the process dies. */
    record RefreshStarted(Subject subject, Node node) implements EngineEvent {}

    /**
     * A refresh has ended, and what it means is recorded.
     *
     * @param answer what X said; empty when it issued a pair or said nothing
     * @param detail what happened and what comes next, for people; may be empty when X issued a pair
     * @param took from the request to the whole answer, or to the failure
     * @param issued what X issued; empty unless it did
     */
    record RefreshEnded(
            Subject subject,
            Node node,
            Outcome outcome,
            Optional<XAnswer> answer,
            String detail,
            Duration took,
            Optional<Issued> issued)
            implements EngineEvent {}

    /** The grant of an account is gone, and a person has to sign in again. Follows a {@link RefreshEnded}. */
    record GrantLost(Account account, LossCause cause) implements EngineEvent {}

    /**
     * An answer of X rests in the spool, for the store has not taken it yet.
     *
     * @param generation the generation of its pair
     * @param failure why the store did not take it; empty when it is merely slow
     */
    record AnswerSpooled(AccountId account, long generation, Optional<String> failure) implements EngineEvent {}

    /** An answer of X was brought from the spool to the store. */
    record SpoolDrained(AccountId account, long generation) implements EngineEvent {}

    /** X rejects the app: all its refreshes wait. */
    record BreakerOpened(String clientId, XAnswer answer) implements EngineEvent {}

    /** X accepts the app again. */
    record BreakerClosed(String clientId) implements EngineEvent {}

    /**
     * A sign-in or an import has ended.
     *
     * @param signIn its id
     * @param imported whether it was an import
     * @param code the code of {@link SignInStatus.Failed}; empty otherwise
     */
    record SignInEnded(String signIn, boolean imported, Ending ending, String code) implements EngineEvent {
        static Optional<EngineEvent> of(SignIn signIn) {
            return switch (signIn.status()) {
                case SignInStatus.Pending s -> Optional.empty();
                case SignInStatus.Exchanging s -> Optional.empty();
                case SignInStatus.Exchanged s -> Optional.empty();
                case SignInStatus.Connected s -> ended(signIn, Ending.CONNECTED, "");
                case SignInStatus.Denied s -> ended(signIn, Ending.DENIED, "");
                case SignInStatus.Expired s -> ended(signIn, Ending.EXPIRED, "");
                case SignInStatus.Failed failed -> ended(signIn, Ending.FAILED, failed.code());
            };
        }

        private static Optional<EngineEvent> ended(SignIn signIn, Ending ending, String code) {
            return Optional.of(new SignInEnded(signIn.id(), SignInFlow.isImport(signIn), ending, code));
        }
    }

    /** How a sign-in ends; see {@link SignInStatus}. */
    enum Ending {
        /** The account is kept. */
        CONNECTED,
        /** The person said no. */
        DENIED,
        /** The person came back too late. */
        EXPIRED,
        /** It did not work; the code says why. */
        FAILED
    }
}
