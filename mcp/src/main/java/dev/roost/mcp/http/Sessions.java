package dev.roost.mcp.http;

import dev.roost.mcp.catalog.Principal;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** The sessions of HTTP clients. Safe for many threads. */
final class Sessions {
    private static final Duration SWEEP = Duration.ofSeconds(30);
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final HttpLimits limits;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Map<String, HttpSession> all = new HashMap<>();
    private long swept;

    Sessions(HttpLimits limits, LongSupplier nanoTime, RandomGenerator random) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.random = random;
        this.swept = nanoTime.getAsLong();
    }

    /** Ends what is idle and drops old answers, now and then; asked at every request, of any session or of none. */
    synchronized void sweep() {
        if (nanoTime.getAsLong() - swept >= SWEEP.toNanos()) {
            swept = nanoTime.getAsLong();
            endIdle();
            all.values().forEach(HttpSession::forget);
        }
    }

    /**
     * Makes a session; empty if there are too many.
     *
     * @param make makes it, with this name
     */
    synchronized Optional<HttpSession> begin(Principal principal, Function<String, HttpSession> make) {
        endIdle();
        if (all.size() >= limits.sessions() || !hasRoom(principal)) {
            return Optional.empty();
        }
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        HttpSession session = make.apply(id);
        all.put(id, session);
        return Optional.of(session);
    }

    /** Finds a session of this caller, and notes that it is used. */
    synchronized Optional<HttpSession> find(String id, Principal principal) {
        Optional<HttpSession> found = Optional.ofNullable(all.get(id))
                .filter(session -> session.protocol().belongsTo(principal));
        if (found.filter(this::isIdle).isPresent()) {
            remove(found.get());
            return Optional.empty();
        }
        found.ifPresent(HttpSession::touch);
        found.ifPresent(HttpSession::forget);
        return found;
    }

    /** Ends a session. */
    synchronized void end(HttpSession session) {
        remove(session);
    }

    /** Lets nobody wait for news or for people any longer. */
    synchronized void stop() {
        all.values().forEach(HttpSession::stop);
    }

    synchronized void close() {
        List.copyOf(all.values()).forEach(this::remove);
    }

    /** The caller's own least recently used session makes room. */
    private boolean hasRoom(Principal principal) {
        List<HttpSession> own = all.values().stream()
                .filter(session -> session.protocol().belongsTo(principal))
                .toList();
        if (own.size() < limits.sessionsOfOne()) {
            return true;
        }
        Optional<HttpSession> oldest = own.stream()
                .filter(session -> canGo(session, principal))
                .min(Comparator.comparingLong(HttpSession::used));
        oldest.ifPresent(this::remove);
        return oldest.isPresent();
    }

    /** Callers without a name share their sessions: none of them takes another's from under its hands. */
    private boolean canGo(HttpSession session, Principal principal) {
        boolean isFresh = nanoTime.getAsLong() - session.used() < FRESH.toNanos();
        return !session.isBusy() && !(principal.isAnonymous() && isFresh);
    }

    private void endIdle() {
        all.values().stream().filter(this::isIdle).toList().forEach(this::remove);
    }

    private boolean isIdle(HttpSession session) {
        return !session.isBusy()
                && nanoTime.getAsLong() - session.used() > limits.idle().toNanos();
    }

    private void remove(HttpSession session) {
        all.remove(session.protocol().id());
        session.close();
    }
}
