package dev.roost.core;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.roost.core.EngineEvent.RefreshEnded;
import dev.roost.core.EngineEvent.Subject;
import java.util.function.Consumer;

/** Writes the events of the engine that people should see to a log, one line each. Safe for many threads. */
public final class EngineLog implements Consumer<EngineEvent> {
    private final System.Logger log;

    /** Writes to this log. */
    public EngineLog(System.Logger log) {
        this.log = log;
    }

    /** Returns the log of an engine that was not given another listener. */
    static EngineLog standard() {
        return new EngineLog(System.getLogger(EngineLog.class.getName()));
    }

    @Override
    public void accept(EngineEvent event) {
        switch (event) {
            case EngineEvent.RefreshStarted s -> {}
            case RefreshEnded ended -> ended(ended);
            case EngineEvent.GrantLost l -> {}
            case EngineEvent.AnswerSpooled spooled -> spooled(spooled);
            case EngineEvent.SpoolDrained drained ->
                log.log(
                        INFO,
                        "spooled answer recorded account={0} generation={1}",
                        drained.account(),
                        Long.toString(drained.generation()));
            case EngineEvent.BreakerOpened opened ->
                log.log(
                        ERROR,
                        "X rejects app {0} ({1}): all its refreshes wait, no account is touched. Check TWITTER_CLIENT_ID"
                                + " and TWITTER_CLIENT_SECRET with: roost doctor",
                        opened.clientId(),
                        opened.answer());
            case EngineEvent.BreakerClosed closed ->
                log.log(INFO, "X accepts app {0} again: refreshes go on", closed.clientId());
            case EngineEvent.SignInEnded s -> {}
        }
    }

    private void ended(RefreshEnded ended) {
        if (ended.outcome() == EngineEvent.Outcome.ROTATED) {
            log.log(
                    INFO,
                    "Twitter Token Refresh Successful {0} node={1} duration={2}ms{3}",
                    fields(ended.subject(), 1),
                    ended.node(),
                    Long.toString(ended.took().toMillis()),
                    ended.detail().isEmpty() ? "" : " " + ended.detail());
            return;
        }
        boolean lost = ended.outcome() == EngineEvent.Outcome.GRANT_REFUSED && ended.subject() instanceof Subject.Kept;
        log.log(
                lost ? ERROR : WARNING,
                "Twitter Token Refresh Failed {0} node={1} error={2}",
                fields(ended.subject(), 0),
                ended.node(),
                ended.detail());
    }

    private void spooled(EngineEvent.AnswerSpooled spooled) {
        spooled.failure()
                .ifPresent(why -> log.log(
                        ERROR,
                        "X''s answer for account {0} is not recorded yet ({1}): it rests in the spool and is recorded when"
                                + " the store is back; do not delete the data folder",
                        spooled.account(),
                        why));
    }

    private static String fields(Subject subject, int step) {
        return switch (subject) {
            case Subject.Kept kept ->
                "account=" + kept.account() + " user=@" + kept.username() + " generation=" + (kept.generation() + step);
            case Subject.Caller caller -> "caller client=" + caller.clientId();
        };
    }
}
