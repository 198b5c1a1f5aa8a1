package dev.roost.server.tracing;

import dev.roost.x.XWatch;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A span for each request to X, made when it is over: it comes between X's answer and the store, so it is all in memory. */
final class XSpans implements XWatch {
    private final Tracer tracer;
    private final XWatch other;

    XSpans(Tracer tracer, XWatch other) {
        this.tracer = tracer;
        this.other = other;
    }

    @Override
    public void asked(String route, String status, Duration took) {
        other.asked(route, status, took);
        long end = Clock.getDefault().now();
        Span span = tracer.spanBuilder(route)
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(end - took.toNanos(), TimeUnit.NANOSECONDS)
                .setAttribute("url.template", route)
                .startSpan();
        if (status.equals(NOT_SENT) || status.equals(UNKNOWN)) {
            span.setAttribute("error.type", status).setStatus(StatusCode.ERROR);
        } else {
            span.setAttribute("http.response.status_code", Long.parseLong(status));
            if (status.charAt(0) >= '4') {
                span.setStatus(StatusCode.ERROR);
            }
        }
        span.end(end, TimeUnit.NANOSECONDS);
    }
}
