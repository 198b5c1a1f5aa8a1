package dev.roost.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** The headers that every answer of X has. */
final class Envelope {

    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private final SimulatedClock clock;
    private final RandomGenerator random;

    Envelope(SimulatedClock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** The answer with a transaction id and a {@code Date} off the simulator's clock by {@code dateOffset}. */
    Answer dress(Answer answer, Duration dateOffset) {
        Instant date = clock.now().plus(dateOffset);
        return answer.with("Date", HTTP_DATE.format(date.atOffset(ZoneOffset.UTC)))
                .with("x-transaction-id", HexFormat.of().toHexDigits(random.nextLong()))
                .with("Cache-Control", "no-store");
    }
}
