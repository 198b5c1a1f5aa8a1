package dev.roost.x;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** X's clock, as the {@code Date} of its answers shows it. Safe for many threads. */
public final class XClock {
    /** A {@code Date} has whole seconds, rounded down; this is what it lacks on average. */
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    private final XSettings settings;
    private final XTransport transport;
    private final InstantSource clock;

    /** Makes no request. */
    public XClock(XSettings settings, XTransport transport, InstantSource clock) {
        this.settings = settings;
        this.transport = transport;
        this.clock = clock;
    }

    /**
     * Asks X the time by one request without a token, which X answers with 401.
     *
     * @return how far X's clock is ahead of this machine's, negative when it is behind, good to about a second; empty when
     *     X could not be reached or named no time
     */
    public Optional<Duration> skew() {
        Instant asked = clock.instant();
        Delivery delivery = transport.send(
                new XRequest("GET", settings.api("/2/users/me"), Map.of(), new Body.None(), settings.answerDeadline()));
        Duration took = Duration.between(asked, clock.instant());
        Instant here = asked.plus(took.dividedBy(2));
        return delivery instanceof Delivery.Answered answer
                ? answer.date().map(date -> Duration.between(here, date.plus(HALF_A_SECOND)))
                : Optional.empty();
    }
}
