package dev.roost.server.telemetry;

import dev.roost.core.EngineEvent;
import dev.roost.core.alerting.AlertWatch;
import dev.roost.core.alerting.DeliveryEnding;
import dev.roost.server.http.Endpoint;
import dev.roost.server.http.Reply;
import dev.roost.server.http.RequestWatch;
import dev.roost.x.XWatch;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The metrics and the log lines of one server process. What it hears, it hears from others: make it first, give its
 * watches to what is watched, and {@link #observe} the rest. docs/metrics.md lists every metric. Safe for many threads.
 */
public final class Telemetry implements AutoCloseable {
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Consumer<EngineEvent> counted = new RefreshMeters(registry);
    private final Consumer<EngineEvent> logged = new RefreshLog();
    private final CallMeters calls = CallMeters.of(registry, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    private final Consumer<DeliveryEnding> delivered = new AlertMeters(registry);
    private volatile Supplier<Optional<AlertWatch.Seen>> alerts = Optional::empty;
    private volatile Optional<Standing> standing = Optional.empty();
    private final JvmGcMetrics collections = new JvmGcMetrics();

    /** Starts counting. */
    public Telemetry() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        collections.bindTo(registry);
        AlertMeters.register(registry, () -> alerts.get());
    }

    /**
     * What is looked at when somebody asks for the metrics.
     *
     * @param standing of the accounts and the engine
     * @param auditWaiting how many rows of the audit trail wait to be written
     * @param news whether what other processes change is heard of at once
     * @param clock the time of day
     */
    public record Observed(Standing standing, IntSupplier auditWaiting, BooleanSupplier news, InstantSource clock) {}

    /** Hears of the engine's events: counts them, then logs them. */
    public Consumer<EngineEvent> listener() {
        return event -> {
            counted.accept(event);
            logged.accept(event);
        };
    }

    /** Hears of the requests to this server. */
    public RequestWatch requests() {
        return calls;
    }

    /** Hears of the requests to X. */
    public XWatch requestsToX() {
        return calls;
    }

    /** Looks at these from now on. Call it once, before anybody asks for the metrics. */
    public void observe(Observed observed) {
        StandingMeters.register(registry, observed.standing(), observed.clock(), observed.auditWaiting());
        Gauge.builder("roost.feed.current", () -> observed.news().getAsBoolean() ? 1 : 0)
                .register(registry);
        standing = Optional.of(observed.standing());
    }

    /** Hears how deliveries to webhooks ended. */
    public Consumer<DeliveryEnding> deliveries() {
        return delivered;
    }

    /** Shows what the watch of the alerts saw last, from now on. */
    public void observeAlerts(Supplier<Optional<AlertWatch.Seen>> seen) {
        alerts = seen;
    }

    /** Returns all metrics in Prometheus' text format 0.0.4, within about a second, whatever the store does. */
    public String scrape() {
        standing.ifPresent(Standing::refresh);
        return registry.scrape();
    }

    /** Answers {@code GET /metrics} with {@link #scrape()}, always with status 200. */
    public Endpoint endpoint() {
        return call -> Reply.text(200, TYPE, scrape());
    }

    /** Counts no more. */
    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
