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

    /**
     * Keeps an import, exchanging, before its token is spent; unless the token is kept already, was spent by Roost before,
     * or is being spent by another import that began less than two minutes ago. Of two callers with the same token, one
     * gets {@link ImportAnswer.Opened}; so does one of two callers of whom the other would {@link #admit} that very token.
     * Tokens are known by keyed fingerprint.
     */
    ImportAnswer openImport(SignIn signIn, RefreshToken token);

    /**
     * Keeps the pair that X issued for a sign-in, before anything else is done with it: status exchanged. A second pair
     * for the same sign-in replaces the first. A pair that has become an account's meanwhile is kept well enough, so that
     * the call may be repeated.
     *
     * @param at when X issued it
     */
    void exchanged(String signInId, IssuedPair pair, Instant at);

    /**
     * Makes the kept pair of a sign-in an account's, in one transaction: connects it as {@link TokenStore#connect} does,
     * sets the sign-in's final status, and forgets verifier and pair.
     *
     * @param failure how the sign-in ends if not as connected; its pair is the account's all the same
     * @return empty when the sign-in no longer keeps a pair (somebody else was here; nothing changed), when an import has
     *     begun to spend its refresh token (nothing changed), when an account has that token or has spent it (the sign-in
     *     ends as connected to it), or when a later sign-in of the same X user was recorded after this pair was issued (X
     *     has killed it; the sign-in ends as failed, code {@code superseded})
     */
    Optional<Account> admit(String signInId, SignedIn signedIn, Optional<SignInStatus.Failed> failure);

    /** Sets the final status of a sign-in and forgets its verifier and pair. */
    void finish(String signInId, SignInStatus status);

    /** Returns the sign-in with this id. */
    Optional<SignIn> signIn(String signInId);

    /**
     * Returns up to {@code limit} sign-ins whose pair is kept and whose X user is not known yet, with the pair, the oldest
     * first. What cannot be opened is left out and logged.
     */
    List<Unidentified> unidentified(String clientId, int limit);

    /**
     * A pair that waits for its user.
     *
     * @param signIn what it came from
     * @param pair what X issued
     * @param at when X issued it
     */
    record Unidentified(SignIn signIn, IssuedPair pair, Instant at) {}

    /** What came of opening an import. */
    sealed interface ImportAnswer {
        /** The caller, and nobody else, may spend the token. */
        record Opened() implements ImportAnswer {}

        /** It is the live refresh token of this account. */
        record Kept(Account account) implements ImportAnswer {}

        /** It is an earlier refresh token of this account; spending it again could kill the grant. */
        record Spent(Account account, Instant at) implements ImportAnswer {}

        /** Another import is spending it. */
        record UnderWay(SignIn signIn) implements ImportAnswer {}
    }

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
