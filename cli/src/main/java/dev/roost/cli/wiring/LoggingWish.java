package dev.roost.cli.wiring;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * How somebody wants the logs.
 *
 * @param out where they go
 * @param level DEBUG, INFO, WARN, ERROR, or OFF for no line of Roost's own
 * @param format how a line looks
 */
record LoggingWish(PrintStream out, String level, LogFormat format) {
    /** One line, and of an exception only what it says. */
    private static final String PLAIN =
            "%d{HH:mm:ss.SSS} %-5level %msg%values%replace( %ex{short}){'(?s)^ $|\\s+at .*$', ''}%nopex%n";

    private static final String NAME = "roost";

    private static final String FULL = "%d{HH:mm:ss.SSS} %-5level [%thread] %logger{24} %msg%values%n%ex";

    /** Makes it so. */
    void fulfil(LoggerContext context) {
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        // Our own appender is only detached, never stopped: stopping it would close the stream.
        if (!root.detachAppender(NAME)) {
            context.reset();
        }
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setName(NAME);
        appender.setContext(context);
        boolean telling = level.equals("DEBUG");
        appender.setEncoder(
                switch (format) {
                    case JSON -> JsonLines.encoder(context, telling);
                    case TEXT -> text(context, telling ? FULL : PLAIN);
                });
        appender.setOutputStream(out);
        appender.start();
        root.addAppender(appender);
        root.setLevel(level.equals("ERROR") ? Level.ERROR : Level.WARN);
        context.getLogger("dev.roost").setLevel(Level.toLevel(level));
        LogManager.getLogManager().reset();
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context, String pattern) {
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.getInstanceConverterMap().put("values", ValueText::new);
        layout.setPattern(pattern);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        return encoder;
    }
}
