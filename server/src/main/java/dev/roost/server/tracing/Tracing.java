package dev.roost.server.tracing;

import dev.roost.core.EngineEvent;
import dev.roost.server.http.RequestWatch;
import dev.roost.x.XRoutes;
import dev.roost.x.XWatch;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sends traces of one server process by OTLP over HTTP. Spans hold names, statuses, account ids and generations; never a
 * token, a text of a caller or of X, a path or a query. Spans are sent from a thread of its own; what the collector does
 * not take is dropped, and said once in the log. docs/traces.md lists every span. Safe for many threads.
 */
public final class Tracing implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LAST_SPANS_SECONDS = 3;
    private static final int REHEARSALS = 200;

    /** Held, or its level would be forgotten. What is worth telling {@link OnceLoudExporter} tells. */
    private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    private Tracing(SpanExporter exporter, String version, String node) {
        Resource resource = Resource.getDefault()
                .merge(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"), "roost",
                        AttributeKey.stringKey("service.version"), version,
                        AttributeKey.stringKey("service.instance.id"), node)));
        this.provider = SdkTracerProvider.builder()
                .setResource(resource)
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build();
        this.tracer = provider.get("dev.roost");
    }

    /**
     * Starts sending. Asks nobody whether the collector is there.
     *
     * @param collector its address; {@code /v1/traces} is appended
     * @param version of Roost
     * @param node the name of this process
     */
    public static Tracing to(URI collector, String version, String node) {
        LIBRARY.setLevel(Level.OFF);
        rehearse();
        String address = collector.toString().replaceAll("/+$", "") + "/v1/traces";
        SpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(address)
                .setTimeout(PATIENCE)
                .setConnectTimeout(PATIENCE)
                .setCompression("gzip")
                .setRetryPolicy(null)
                .build();
        return new Tracing(new OnceLoudExporter(exporter, address), version, node);
    }

    /** The first spans take milliseconds, and are made here, before an answer of X waits for one. */
    private static void rehearse() {
        try (Tracing nowhere = new Tracing(SpanExporter.composite(), "", "")) {
            XWatch watch = nowhere.requestsToX(XWatch.NONE);
            for (int i = 0; i < REHEARSALS; i++) {
                watch.asked(XRoutes.TOKEN, "200", Duration.ofMillis(1));
            }
        }
    }

    /** Makes a span of every request to this server; the other hears of them too. */
    public RequestWatch requests(RequestWatch other) {
        return new RequestSpans(tracer, other);
    }

    /** Makes a span of every request to X; the other hears of them too. */
    public XWatch requestsToX(XWatch other) {
        return new XSpans(tracer, other);
    }

    /** Makes a span of every refresh. */
    public Consumer<EngineEvent> refreshes() {
        return new RefreshSpans(tracer);
    }

    /** Returns a task that runs within the span of whoever calls this. */
    public static Runnable carrying(Runnable task) {
        return Context.current().wrap(task);
    }

    /** Sends what is left, for up to 3 seconds, and ends. */
    @Override
    public void close() {
        provider.shutdown().join(LAST_SPANS_SECONDS, TimeUnit.SECONDS);
    }
}
