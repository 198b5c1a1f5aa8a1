package dev.roost.cli.wiring;

import dev.roost.core.EngineEvent;
import dev.roost.server.http.RequestWatch;
import dev.roost.server.tracing.Tracing;
import dev.roost.x.XWatch;
import java.net.URI;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Traces that go to a collector by OTLP. */
record OtlpTraces(Tracing tracing) implements Traces {
    static OtlpTraces to(URI collector, String node) {
        return new OtlpTraces(Tracing.to(collector, Version.text(), node));
    }

    @Override
    public RequestWatch requests(RequestWatch other) {
        return tracing.requests(other);
    }

    @Override
    public XWatch requestsToX(XWatch other) {
        return tracing.requestsToX(other);
    }

    @Override
    public Consumer<EngineEvent> refreshes(Consumer<EngineEvent> other) {
        return tracing.refreshes().andThen(other);
    }

    @Override
    public UnaryOperator<Runnable> carrying() {
        return Tracing::carrying;
    }

    @Override
    public void close() {
        tracing.close();
    }
}
