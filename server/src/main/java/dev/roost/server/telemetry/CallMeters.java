package dev.roost.server.telemetry;

import dev.roost.server.http.RequestWatch;
import dev.roost.x.XRoutes;
import dev.roost.x.XWatch;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** Times the requests to Roost and those to X. A timer is looked up, not built, when X's answer waits for it. */
final class CallMeters implements RequestWatch, XWatch {
    private static final int REHEARSALS = 100;

    private final MeterRegistry registry;
    private final ConcurrentHashMap<Key, Timer> requests = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Key, Timer> calls = new ConcurrentHashMap<>();

    private CallMeters(MeterRegistry registry) {
        this.registry = registry;
        for (String status : List.of("200", "400", "401", "403", "429", "500", "503", NOT_SENT, UNKNOWN)) {
            var _ = toX(new Key(XRoutes.TOKEN, status));
        }
    }

    /**
     * Counts in this registry.
     *
     * @param rehearsal a registry of the same kind that nobody looks at: the first calls take milliseconds, and are made
     *     there, before an answer of X waits for them
     */
    static CallMeters of(MeterRegistry registry, MeterRegistry rehearsal) {
        CallMeters rehearsed = new CallMeters(rehearsal);
        for (int i = 0; i < REHEARSALS; i++) {
            rehearsed.asked(XRoutes.TOKEN, "200", Duration.ofMillis(i));
        }
        return new CallMeters(registry);
    }

    /** What is counted together: few words each. */
    private record Key(String what, String status) {}

    @Override
    public void answered(String operation, int status, Duration took) {
        Key key = new Key(operation, Integer.toString(status));
        Timer known = requests.get(key);
        (known == null ? requests.computeIfAbsent(key, this::toRoost) : known).record(took);
    }

    @Override
    public void asked(String route, String status, Duration took) {
        toX(new Key(route, status)).record(took);
    }

    private Timer toRoost(Key key) {
        return Timer.builder("roost.http.request.duration")
                .tag("operation", key.what)
                .tag("status", key.status)
                .register(registry);
    }

    private Timer toX(Key key) {
        return calls.computeIfAbsent(
                key,
                missing -> Timer.builder("roost.x.request.duration")
                        .tag("route", missing.what)
                        .tag("status", missing.status)
                        .register(registry));
    }
}
