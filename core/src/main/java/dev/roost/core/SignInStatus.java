package dev.roost.core;

/** How a sign-in stands. The last four are final. */
public sealed interface SignInStatus {
    /** Tells whether nothing more will come of the sign-in. */
    default boolean isFinal() {
        return switch (this) {
            case Pending s -> false;
            case Exchanging s -> false;
            case Exchanged s -> false;
            case Connected s -> true;
            case Denied s -> true;
            case Expired s -> true;
            case Failed s -> true;
        };
    }

    /** The person has not come back yet. */
    record Pending() implements SignInStatus {}

    /** The code is being exchanged. A process that dies now loses the answer, and the person signs in again. */
    record Exchanging() implements SignInStatus {}

    /** X issued a pair and it is kept; whose it is will be asked until X says so. */
    record Exchanged() implements SignInStatus {}

    /** Done: the account is kept. */
    record Connected(AccountId account) implements SignInStatus {}

    /** The person said no. */
    record Denied() implements SignInStatus {}

    /** The person came back too late, or not at all. */
    record Expired() implements SignInStatus {}

    /**
     * It did not work.
     *
     * @param code a stable word for programs, such as {@code wrong_user}
     * @param message what happened and what to do, for people, without secrets
     */
    record Failed(String code, String message) implements SignInStatus {}
}
