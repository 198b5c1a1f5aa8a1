package dev.roost.cli.wiring;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.Encoder;
import dev.roost.core.KeeperException;
import java.util.List;
import net.logstash.logback.composite.AbstractJsonProvider;
import net.logstash.logback.composite.JsonProvider;
import net.logstash.logback.composite.loggingevent.KeyValuePairsJsonProvider;
import net.logstash.logback.composite.loggingevent.LogLevelJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggerNameJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventFormattedTimestampJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventJsonProviders;
import net.logstash.logback.composite.loggingevent.LoggingEventThreadNameJsonProvider;
import net.logstash.logback.composite.loggingevent.MdcJsonProvider;
import net.logstash.logback.composite.loggingevent.MessageJsonProvider;
import net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder;
import tools.jackson.core.JsonGenerator;

/**
 * Log lines for programs, one JSON object each: timestamp, level, message, service, the values of the request and of the
 * line as members of their own, and of an exception what it is.
 */
final class JsonLines {
    private JsonLines() {}

    /** @param telling whether to name logger and thread too */
    static Encoder<ILoggingEvent> encoder(LoggerContext context, boolean telling) {
        LoggingEventJsonProviders providers = new LoggingEventJsonProviders();
        LoggingEventFormattedTimestampJsonProvider time = new LoggingEventFormattedTimestampJsonProvider();
        time.setFieldName("timestamp");
        time.setPattern("[ISO_INSTANT]");
        time.setTimeZone("UTC");
        List<JsonProvider<ILoggingEvent>> all = List.of(
                time,
                new LogLevelJsonProvider(),
                new MessageJsonProvider(),
                new ServiceName(),
                new MdcJsonProvider(),
                new KeyValuePairsJsonProvider(),
                new Failure());
        all.forEach(providers::addProvider);
        if (telling) {
            LoggerNameJsonProvider logger = new LoggerNameJsonProvider();
            logger.setFieldName("logger");
            LoggingEventThreadNameJsonProvider thread = new LoggingEventThreadNameJsonProvider();
            thread.setFieldName("thread");
            providers.addProvider(logger);
            providers.addProvider(thread);
        }
        LoggingEventCompositeJsonEncoder encoder = new LoggingEventCompositeJsonEncoder();
        encoder.setContext(context);
        encoder.setProviders(providers);
        encoder.start();
        return encoder;
    }

    /** Says whose line it is, for logs of many programs in one place. */
    private static final class ServiceName extends AbstractJsonProvider<ILoggingEvent> {
        @Override
        public void writeTo(JsonGenerator generator, ILoggingEvent event) {
            generator.writeStringProperty("service", "roost");
        }
    }

    /** Says what an exception says. Only of a bug the stack is worth a line of this length. */
    private static final class Failure extends AbstractJsonProvider<ILoggingEvent> {
        @Override
        public void writeTo(JsonGenerator generator, ILoggingEvent event) {
            IThrowableProxy failure = event.getThrowableProxy();
            if (failure == null) {
                return;
            }
            String said = failure.getMessage();
            generator.writeStringProperty(
                    "exception",
                    failure.getClassName()
                            + (said == null
                                    ? ""
                                    : ": " + said.lines().findFirst().orElse("")));
            if (event.getLevel().isGreaterOrEqual(Level.ERROR) && isBug(failure)) {
                generator.writeStringProperty("stackTrace", ThrowableProxyUtil.asString(failure));
            }
        }

        private static boolean isBug(IThrowableProxy failure) {
            return !(failure instanceof ThrowableProxy known && known.getThrowable() instanceof KeeperException);
        }
    }
}
