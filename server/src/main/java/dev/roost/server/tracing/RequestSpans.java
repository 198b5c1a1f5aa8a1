package dev.roost.server.tracing;

import dev.roost.server.http.RequestWatch;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A span for each request to this server. It goes on with the trace of the caller, if that names one. */
final class RequestSpans implements RequestWatch {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** What asks all the time and never asks X. Its spans are begun, and never sent. */
    private static final Set<String> DULL = Set.of("health.live", "health.ready", "metrics");

    private final Tracer tracer;
    private final RequestWatch other;

    RequestSpans(Tracer tracer, RequestWatch other) {
        this.tracer = tracer;
        this.other = other;
    }

    @Override
    public void answered(String operation, int status, Duration took) {
        other.answered(operation, status, took);
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // closed with the course
    public Course begins(String method, Optional<String> traceparent) {
        Context parent = traceparent
                .map(given -> W3CTraceContextPropagator.getInstance().extract(Context.root(), given, TraceParent.ALONE))
                .orElse(Context.root());
        Span span = tracer.spanBuilder("request")
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", METHODS.contains(method) ? method : "_OTHER")
                .startSpan();
        return new Traced(span, span.makeCurrent());
    }

    @Override
    public Runnable carrying(Runnable task) {
        return Tracing.carrying(other.carrying(task));
    }

    /** The span ends when the answer begins. It stays current while the answer is written, for tools work meanwhile. */
    private record Traced(Span span, Scope scope) implements Course {
        @Override
        public void answered(String operation, int status) {
            span.updateName(operation)
                    .setAttribute("roost.operation", operation)
                    .setAttribute("http.response.status_code", status);
            if (status >= 500) {
                span.setStatus(StatusCode.ERROR);
            }
            if (!DULL.contains(operation)) {
                span.end();
            }
        }

        @Override
        public void close() {
            scope.close();
        }
    }

    /** Reads the one header that is taken; {@code tracestate} may hold anything, so it is not. */
    private enum TraceParent implements TextMapGetter<String> {
        ALONE;

        @Override
        public Iterable<String> keys(String header) {
            return List.of("traceparent");
        }

        @Override
        public @Nullable String get(@Nullable String header, String key) {
            return key.equals("traceparent") ? header : null;
        }
    }
}
