package dev.roost.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where sign-ins wait for the person to come back, and where a new pair rests until its X user is known. Same promises
 * as {@link TokenStore}. PKCE verifiers and pairs are sealed.
 */
public interface SignInStore {
    /** Keeps a new sign-in, pending. */
    void open(SignIn signIn, Secret state, Secret codeVerifier);

    /**
     * Uses up a state, once: the pending sign-in becomes {@link SignInStatus.Exchanging}. Of two callers with the same
     * state, one gets {@link StateAnswer.Yours}.
     */
    StateAnswer claim(Secret state, Instant now);

    /** Keeps the pair that X issued for a sign-in, before anything else is done with it: status exchanged. */
    void exchanged(String signInId, IssuedPair pair);

    /** Sets the final status of a sign-in and forgets its verifier and pair. */
    void finish(String signInId, SignInStatus status);

    /** Returns the sign-in with this id. */
    Optional<SignIn> signIn(String signInId);

    /** Returns the sign-ins whose pair is kept and whose X user is not known yet, with the pair. */
    List<Unidentified> unidentified(String clientId);

    /**
     * A pair that waits for its user.
     *
     * @param signIn what it came from
     * @param pair what X issued
     */
    record Unidentified(SignIn signIn, IssuedPair pair) {}

    /** What a state was worth. */
    sealed interface StateAnswer {
        /** The caller, and nobody else, goes on with the sign-in. */
        record Yours(SignIn signIn, Secret codeVerifier) implements StateAnswer {}

        /** The state was used before; this is how that sign-in stands. */
        record Used(SignIn signIn) implements StateAnswer {}

        /** The sign-in was not finished in time. */
        record Expired(SignIn signIn) implements StateAnswer {}

        /** No sign-in has this state. */
        record Unknown() implements StateAnswer {}
    }
}
