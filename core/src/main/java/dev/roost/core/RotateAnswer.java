package dev.roost.core;

/** What came of recording a rotation. */
public sealed interface RotateAnswer {
    /** The new pair is the account's; this is how it stands. */
    record Recorded(Grant grant) implements RotateAnswer {}

    /** The account has moved past the spent generation (a newer sign-in, or it is gone); the answer is worthless. */
    record Superseded() implements RotateAnswer {}
}
