package dev.roost.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccountId;
import dev.roost.core.EngineEvent;
import dev.roost.core.EngineEvent.Outcome;
import dev.roost.core.EngineEvent.RefreshEnded;
import dev.roost.core.EngineEvent.Subject;
import dev.roost.core.EngineLog;
import dev.roost.core.Node;
import dev.roost.testkit.ScriptedX;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The lines that people read and grep for. */
class EngineLogTest {
    private static final AccountId ADA = new AccountId("acc_0123456789abcdef0123");
    private static final Node NODE = new Node("host-1");

    private final Lines lines = new Lines();
    private final EngineLog log = new EngineLog(lines);

    @Test
    void aRotationNamesTheNewGeneration() {
        log.accept(ended(new Subject.Kept(ADA, "ada", 1234), Outcome.ROTATED, ""));
        assertThat(lines.written)
                .containsExactly("INFO Twitter Token Refresh Successful account=" + ADA
                        + " user=@ada generation=1235 node=host-1 duration=1234ms");
    }

    @Test
    void aFailureNamesTheGenerationThatWasSent() {
        log.accept(ended(new Subject.Kept(ADA, "ada", 7), Outcome.THROTTLED, "X {is} 'busy'"));
        log.accept(ended(new Subject.Kept(ADA, "ada", 7), Outcome.GRANT_REFUSED, "gone"));
        log.accept(ended(new Subject.Caller("an-app"), Outcome.GRANT_REFUSED, "gone"));
        assertThat(lines.written)
                .containsExactly(
                        "WARNING Twitter Token Refresh Failed account=" + ADA
                                + " user=@ada generation=7 node=host-1 error=X {is} 'busy'",
                        "ERROR Twitter Token Refresh Failed account=" + ADA
                                + " user=@ada generation=7 node=host-1 error=gone",
                        "WARNING Twitter Token Refresh Failed caller client=an-app node=host-1 error=gone");
    }

    @Test
    void theSpoolIsNamedOnlyWhenTheStoreFailed() {
        log.accept(new EngineEvent.AnswerSpooled(ADA, 2, Optional.empty()));
        assertThat(lines.written).isEmpty();
        log.accept(new EngineEvent.AnswerSpooled(ADA, 2, Optional.of("no disk")));
        log.accept(new EngineEvent.SpoolDrained(ADA, 1002));
        assertThat(lines.written)
                .containsExactly(
                        "ERROR X's answer for account " + ADA
                                + " is not recorded yet (no disk): it rests in the spool and"
                                + " is recorded when the store is back; do not delete the data folder",
                        "INFO spooled answer recorded account=" + ADA + " generation=1002");
    }

    @Test
    void theBreakerSaysWhatToDo() {
        log.accept(new EngineEvent.BreakerOpened("an-app", ScriptedX.APP_INVALID));
        log.accept(new EngineEvent.BreakerClosed("an-app"));
        assertThat(lines.written).hasSize(2);
        assertThat(lines.written.get(0))
                .startsWith("ERROR X rejects app an-app (HTTP 401")
                .endsWith("with: roost doctor");
        assertThat(lines.written.get(1)).isEqualTo("INFO X accepts app an-app again: refreshes go on");
    }

    private static EngineEvent ended(Subject subject, Outcome outcome, String detail) {
        return new RefreshEnded(
                subject, NODE, outcome, Optional.empty(), detail, Duration.ofMillis(1234), Optional.empty());
    }

    private static final class Lines implements System.Logger {
        private final List<String> written = new ArrayList<>();

        @Override
        public String getName() {
            return "lines";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
            written.add(level + " " + message);
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... values) {
            written.add(level + " " + new MessageFormat(format).format(values));
        }
    }
}
