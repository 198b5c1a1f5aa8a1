package dev.roost.core;

/** What X sends a person back with (RFC 6749 section 4.1.2). */
public sealed interface CallbackAnswer {
    /** Consent: a code that X exchanges once, within 30 seconds. */
    record Code(Secret code) implements CallbackAnswer {}

    /** The person said no ({@code error=access_denied}, or neither code nor error). */
    record Denied() implements CallbackAnswer {}

    /**
     * X refuses for another reason.
     *
     * @param error X's word for it
     */
    record Refusal(String error) implements CallbackAnswer {}
}
