package dev.roost.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Authorization requests that wait for a user, and the codes of those allowed. Guarded by the lock of {@link World}. */
final class Consents {

    /** How long X accepts a code. */
    static final Duration CODE_LIFETIME = Duration.ofSeconds(30);

    private final SimulatedClock clock;
    private final TokenText text;
    private final Map<String, AuthorizationRequest> pending = new HashMap<>();
    private final Map<String, Code> codes = new HashMap<>();

    Consents(SimulatedClock clock, TokenText text) {
        this.clock = clock;
        this.text = text;
    }

    /** Keeps a request until the user decides; returns the id to find it by. */
    String park(AuthorizationRequest request) {
        String id = "request-" + text.code(clock.now());
        pending.put(id, request);
        return id;
    }

    /** Takes out a parked request; a second decision on it finds nothing. */
    Optional<AuthorizationRequest> take(String id) {
        return Optional.ofNullable(pending.remove(id));
    }

    /** A new code that stands for the user's consent. */
    String allow(AuthorizationRequest request, SimulatedUser user) {
        Instant now = clock.now();
        String value = text.code(now);
        codes.put(value, new Code(request, user, now.plus(CODE_LIFETIME)));
        return value;
    }

    /** What a code stands for, while it is neither used nor older than 30 seconds. */
    Optional<Code> code(String value) {
        return Optional.ofNullable(codes.get(value)).filter(code -> clock.now().isBefore(code.expiresAt()));
    }

    /** Uses a code up. */
    void use(String value) {
        codes.remove(value);
    }

    /**
     * A consent on its way to the app.
     *
     * @param request what was allowed
     * @param user who allowed it
     * @param expiresAt first instant at which it is refused
     */
    record Code(AuthorizationRequest request, SimulatedUser user, Instant expiresAt) {}
}
