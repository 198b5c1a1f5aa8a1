package dev.roost.core;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What X was asked for an account, and how that ended. Holds no secret.
 *
 * @param verdict what Roost concluded
 * @param took from the request to the whole answer or to the failure; zero where nothing was sent
 * @param status the HTTP status of X's answer; empty where there was none, or where X issued a pair
 * @param error the error code in it (RFC 6749 section 5.2), or empty
 */
public record Asked(EngineEvent.Outcome verdict, Duration took, OptionalInt status, String error) {
    /** Says how a refresh ended. */
    static Asked of(EngineEvent.Outcome verdict, Optional<XAnswer> answer, Duration took) {
        return new Asked(
                verdict,
                took,
                answer.map(said -> OptionalInt.of(said.status())).orElseGet(OptionalInt::empty),
                answer.map(XAnswer::error).orElse(""));
    }

    /** Says that X issued a pair. */
    public static Asked answered(Duration took) {
        return new Asked(EngineEvent.Outcome.ROTATED, took, OptionalInt.empty(), "");
    }
}
