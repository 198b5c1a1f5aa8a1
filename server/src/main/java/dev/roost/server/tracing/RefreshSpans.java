package dev.roost.server.tracing;

import dev.roost.core.EngineEvent;
import dev.roost.core.EngineEvent.Outcome;
import dev.roost.core.EngineEvent.RefreshEnded;
import dev.roost.core.EngineEvent.RefreshStarted;
import dev.roost.core.EngineEvent.Subject;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A span for each refresh. The engine tells of its beginning and of its end on the thread that also asks X, so that the
 * span is around X's. Within the trace of the request that wanted it, or of its own when it was due.
 */
final class RefreshSpans implements Consumer<EngineEvent> {
    private static final ThreadLocal<@Nullable Open> OPEN = new ThreadLocal<>();

    private final Tracer tracer;

    RefreshSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    /** A refresh under way on this thread. */
    private record Open(Span span, Scope scope) {}

    @Override
    public void accept(EngineEvent event) {
        switch (event) {
            case RefreshStarted started -> begin(started);
            case RefreshEnded ended -> end(ended);
            case EngineEvent.GrantLost e -> {}
            case EngineEvent.AnswerSpooled e -> {}
            case EngineEvent.SpoolDrained e -> {}
            case EngineEvent.BreakerOpened e -> {}
            case EngineEvent.BreakerClosed e -> {}
            case EngineEvent.SignInEnded e -> {}
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // closed when the refresh ends, on this thread
    private void begin(RefreshStarted started) {
        Span span = tracer.spanBuilder("refresh").startSpan();
        span.setAttribute("roost.node", started.node().value());
        switch (started.subject()) {
            case Subject.Kept kept ->
                span.setAttribute("roost.subject", "kept")
                        .setAttribute("roost.account", kept.account().value())
                        .setAttribute("roost.generation", kept.generation());
            case Subject.Caller caller -> span.setAttribute("roost.subject", "caller");
        }
        OPEN.set(new Open(span, span.makeCurrent()));
    }

    private void end(RefreshEnded ended) {
        Open begun = OPEN.get();
        if (begun == null) {
            return;
        }
        OPEN.remove();
        begun.scope().close();
        begun.span().setAttribute("roost.outcome", ended.outcome().name().toLowerCase(Locale.ROOT));
        if (ended.outcome() != Outcome.ROTATED) {
            begun.span().setStatus(StatusCode.ERROR);
        }
        begun.span().end();
    }
}
