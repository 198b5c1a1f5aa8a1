package dev.roost.cli.wiring;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * Writes the values of a log line for people, as {@code " name=value"} each: those of the request, those of the line, and
 * those of its context without the word context. Logback makes one by itself, so it has to be a class of this form.
 */
public final class ValueText extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        StringBuilder text = new StringBuilder();
        event.getMDCPropertyMap().forEach((name, value) -> add(text, name, value));
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> add(text, pair.key, pair.value));
        }
        return text.toString();
    }

    private static void add(StringBuilder text, String name, Object value) {
        if (value instanceof Map<?, ?> context) {
            context.forEach((inner, one) -> add(text, String.valueOf(inner), one));
            return;
        }
        String shown = String.valueOf(value);
        boolean plain = !shown.isEmpty() && shown.chars().noneMatch(c -> c == ' ' || c == '"');
        text.append(' ').append(name).append('=');
        text.append(plain ? shown : '"' + shown.replace("\"", "\\\"") + '"');
    }
}
