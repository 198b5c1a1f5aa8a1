package dev.roost.server.telemetry;

import dev.roost.core.EngineEvent;
import dev.roost.core.EngineEvent.Issued;
import dev.roost.core.EngineEvent.Outcome;
import dev.roost.core.EngineEvent.RefreshEnded;
import dev.roost.core.EngineEvent.Subject;
import dev.roost.core.LossCause;
import dev.roost.core.Node;
import dev.roost.core.XAnswer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes what the engine does to the log of a server, as messages that never change and values beside them: flat ones
 * that people search for, and the rest in one object named {@code context}. Safe for many threads.
 */
public final class RefreshLog implements Consumer<EngineEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(RefreshLog.class);

    @Override
    public void accept(EngineEvent event) {
        switch (event) {
            case EngineEvent.RefreshStarted started ->
                write(
                        LOG.atInfo(),
                        "Twitter Token Refresh Started",
                        Map.of(),
                        about(started.subject(), started.node(), 0));
            case RefreshEnded ended -> ended(ended);
            case EngineEvent.GrantLost lost -> lost(lost);
            case EngineEvent.AnswerSpooled spooled -> spooled(spooled);
            case EngineEvent.SpoolDrained drained ->
                write(
                        LOG.atInfo(),
                        "Spooled Answer Recorded",
                        Map.of(),
                        account(drained.account().value(), drained.generation()));
            case EngineEvent.BreakerOpened opened -> opened(opened);
            case EngineEvent.BreakerClosed closed ->
                write(LOG.atInfo(), "App Accepted by X Again", Map.of(), Map.of("client", closed.clientId()));
            case EngineEvent.SignInEnded ended -> ended(ended);
        }
    }

    private static void ended(RefreshEnded ended) {
        Optional<Issued> issued = ended.issued();
        if (issued.isPresent()) {
            successful(ended, issued.get());
        } else {
            failed(ended);
        }
    }

    private static void successful(RefreshEnded ended, Issued issued) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("duration", ended.took().toMillis());
        values.put("expiresIn", issued.lifetime().toSeconds());
        values.put("hasNewRefreshToken", issued.hasNewRefreshToken());
        issued.scopes().ifPresent(scopes -> values.put("scope", scopes.toString()));
        values.put("tokenType", "bearer");
        write(LOG.atInfo(), "Twitter Token Refresh Successful", values, about(ended, 1));
    }

    private static void failed(RefreshEnded ended) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("duration", ended.took().toMillis());
        values.put("error", error(ended.outcome()));
        ended.answer().ifPresent(said -> values.putAll(said(said)));
        write(LOG.atError(), "Twitter Token Refresh Failed", values, about(ended, 0));
    }

    private static String error(Outcome outcome) {
        return switch (outcome) {
            case ROTATED -> throw new IllegalStateException("a rotation is no failure");
            case GRANT_REFUSED -> "Invalid refresh token";
            case APP_REJECTED -> "App rejected";
            case THROTTLED -> "Turned away";
            case NOT_SENT -> "Request not sent";
            case UNKNOWN -> "Answer missing";
        };
    }

    /** What X said: its status, and its description, or else its code. */
    private static Map<String, Object> said(XAnswer answer) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("statusCode", answer.status());
        String words = answer.description().isEmpty() ? answer.error() : answer.description();
        if (!words.isEmpty()) {
            values.put("errorMessage", words);
        }
        return values;
    }

    private static void lost(EngineEvent.GrantLost lost) {
        Map<String, Object> context =
                account(lost.account().id().value(), lost.account().generation());
        context.put("user", "@" + lost.account().user().username());
        context.put("cause", cause(lost.cause()));
        Map<String, Object> values = Map.of("action", lost.cause().explain());
        write(LOG.atWarn(), "Twitter Re-authentication Required", values, context);
    }

    /** Returns the word for a cause, in log lines and as a label of metrics. */
    static String cause(LossCause cause) {
        return switch (cause) {
            case LossCause.AnswerLost lost -> "answer_lost";
            case LossCause.RefusedByX refused -> "refused_by_x";
        };
    }

    private static void spooled(EngineEvent.AnswerSpooled spooled) {
        Map<String, Object> values = new LinkedHashMap<>();
        spooled.failure().ifPresent(why -> {
            values.put("error", why);
            values.put("action", "it is recorded when the store is back; until then do not delete the data folder");
        });
        LoggingEventBuilder level = values.isEmpty() ? LOG.atInfo() : LOG.atWarn();
        Map<String, Object> context = account(spooled.account().value(), spooled.generation());
        write(level, "Answer of X Rests in the Spool", values, context);
    }

    private static void opened(EngineEvent.BreakerOpened opened) {
        Map<String, Object> values = said(opened.answer());
        values.put(
                "action",
                "all its refreshes wait, no account is touched; check TWITTER_CLIENT_ID and TWITTER_CLIENT_SECRET with:"
                        + " roost doctor");
        write(LOG.atWarn(), "App Rejected by X", values, Map.of("client", opened.clientId()));
    }

    private static void ended(EngineEvent.SignInEnded ended) {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("signIn", ended.signIn());
        context.put("outcome", word(ended.ending()));
        if (!ended.code().isEmpty()) {
            context.put("code", ended.code());
        }
        LoggingEventBuilder level = ended.ending() == EngineEvent.Ending.FAILED ? LOG.atWarn() : LOG.atInfo();
        write(level, ended.imported() ? "Import Ended" : "Sign-in Ended", Map.of(), context);
    }

    private static Map<String, Object> about(RefreshEnded ended, int step) {
        Map<String, Object> context = about(ended.subject(), ended.node(), step);
        context.put("outcome", word(ended.outcome()));
        if (!ended.detail().isEmpty()) {
            context.put("detail", ended.detail());
        }
        return context;
    }

    private static Map<String, Object> about(Subject subject, Node node, int step) {
        Map<String, Object> context =
                switch (subject) {
                    case Subject.Kept kept -> {
                        Map<String, Object> known = account(kept.account().value(), kept.generation() + step);
                        known.put("user", "@" + kept.username());
                        yield known;
                    }
                    case Subject.Caller caller -> new LinkedHashMap<>(Map.of("client", caller.clientId()));
                };
        context.put("node", node.value());
        return context;
    }

    private static Map<String, Object> account(String id, long generation) {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("account", id);
        context.put("generation", generation);
        return context;
    }

    private static void write(
            LoggingEventBuilder level, String message, Map<String, Object> values, Map<String, Object> context) {
        LoggingEventBuilder line = level;
        for (Map.Entry<String, Object> value : values.entrySet()) {
            line = line.addKeyValue(value.getKey(), value.getValue());
        }
        line.addKeyValue("context", context).log(message);
    }

    /** Returns the word for one of a few, in log lines and as a label of metrics. */
    static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }
}
