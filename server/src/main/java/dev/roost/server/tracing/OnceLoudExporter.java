package dev.roost.server.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;

/** Says once that a collector does not take spans, and once that it does again. */
final class OnceLoudExporter implements SpanExporter {
    private static final System.Logger LOG = System.getLogger(OnceLoudExporter.class.getName());

    private final SpanExporter exporter;
    private final String address;
    private final AtomicBoolean failing = new AtomicBoolean();

    OnceLoudExporter(SpanExporter exporter, String address) {
        this.exporter = exporter;
        this.address = address;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans);
        result.whenComplete(() -> heard(result.isSuccess()));
        return result;
    }

    private void heard(boolean taken) {
        if (failing.compareAndSet(taken, !taken)) {
            LOG.log(
                    taken ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
                    taken
                            ? "traces are taken again by {0}"
                            : "traces are not taken by {0}, and dropped until they are; nothing else is concerned."
                                    + " See that the collector runs, or unset ROOST_OTLP_ENDPOINT",
                    address);
        }
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
