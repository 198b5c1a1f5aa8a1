package dev.roost.cli.wiring;

import dev.roost.cli.settings.Settings;
import dev.roost.core.EngineEvent;
import dev.roost.server.http.RequestWatch;
import dev.roost.x.XWatch;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The traces of a server. Without them no class of OpenTelemetry is loaded and no thread runs; so nothing here names
 * {@link dev.roost.server.tracing.Tracing}, which even a method reference would load.
 */
sealed interface Traces extends AutoCloseable permits Traces.Off, OtlpTraces {
    /** Traces as the settings want them. */
    static Traces of(Settings settings) {
        return settings.traces()
                .<Traces>map(collector -> OtlpTraces.to(collector, settings.node()))
                .orElse(Off.OFF);
    }

    /** Makes spans of requests to this server; the other hears of them too. */
    RequestWatch requests(RequestWatch other);

    /** Makes spans of requests to X; the other hears of them too. */
    XWatch requestsToX(XWatch other);

    /** Makes spans of refreshes; the other hears of all events, after that. */
    Consumer<EngineEvent> refreshes(Consumer<EngineEvent> other);

    /** Returns what makes a task belong to the span of whoever submits it. */
    UnaryOperator<Runnable> carrying();

    @Override
    void close();

    /** No traces. */
    enum Off implements Traces {
        OFF;

        @Override
        public RequestWatch requests(RequestWatch other) {
            return other;
        }

        @Override
        public XWatch requestsToX(XWatch other) {
            return other;
        }

        @Override
        public Consumer<EngineEvent> refreshes(Consumer<EngineEvent> other) {
            return other;
        }

        @Override
        public UnaryOperator<Runnable> carrying() {
            return UnaryOperator.identity();
        }

        @Override
        public void close() {}
    }
}
