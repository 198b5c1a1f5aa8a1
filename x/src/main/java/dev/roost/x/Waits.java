package dev.roost.x;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long X asks to be left alone. Times that X names are compared with the {@code Date} of the same answer, so a wrong
 * local clock does not count; without a {@code Date} the local clock must do.
 */
final class Waits {
    /** More is not waited at the token endpoint, whatever it says. */
    static final Duration LONGEST = Duration.ofHours(1);

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,12}");

    private final InstantSource clock;

    Waits(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The wait for an answer that turned a token request away: {@code Retry-After} in seconds or as a date (RFC 9110
     * section 10.2.3), else {@code x-rate-limit-reset} if that window is exhausted, capped at {@link #LONGEST}. Empty when
     * X named none or one that is over.
     */
    Optional<Duration> after(Delivery.Answered answer) {
        return retryAfter(answer)
                .or(() -> isExhausted(answer) ? reset(answer, "x-rate-limit-reset") : Optional.empty())
                .filter(Duration::isPositive)
                .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }

    /** Reads {@code Retry-After} as the time from the answer on. */
    Optional<Duration> retryAfter(Delivery.Answered answer) {
        Optional<Duration> seconds = number(answer, "Retry-After").map(Duration::ofSeconds);
        return seconds.isPresent()
                ? seconds
                : answer.header("Retry-After")
                        .flatMap(Delivery.Answered::httpDate)
                        .map(at -> Duration.between(asOf(answer), at));
    }

    /** Reads a header that holds seconds since 1970 as the time from the answer on. */
    Optional<Duration> reset(Delivery.Answered answer, String header) {
        return number(answer, header).map(s -> Duration.between(asOf(answer), Instant.ofEpochSecond(s)));
    }

    /** Reads a header that holds a whole number; empty when it is missing or something else. */
    static Optional<Long> number(Delivery.Answered answer, String header) {
        return answer.header(header)
                .filter(text -> DIGITS.matcher(text).matches())
                .map(Long::valueOf);
    }

    private static boolean isExhausted(Delivery.Answered answer) {
        return answer.status() == 429
                || number(answer, "x-rate-limit-remaining").filter(n -> n == 0).isPresent();
    }

    private Instant asOf(Delivery.Answered answer) {
        return answer.date().orElseGet(clock::instant);
    }
}
