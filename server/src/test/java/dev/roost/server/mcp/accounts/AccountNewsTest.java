package dev.roost.server.mcp.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.EngineEvent;
import dev.roost.core.EngineEvent.Ending;
import dev.roost.core.EngineEvent.Subject;
import dev.roost.core.LossCause;
import dev.roost.core.Node;
import dev.roost.mcp.catalog.Changes;
import dev.roost.mcp.catalog.Changes.Change;
import dev.roost.server.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AccountNewsTest {
    private final TestServer server = TestServer.start();
    private final Changes changes = new Changes();
    private final List<Change> heard = new ArrayList<>();
    private Account ada;

    @BeforeEach
    void connect() {
        ada = server.connect(TestServer.ADA);
        var _ = changes.listen(heard::add);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private AccountNews news(Optional<Account> found, Executor executor) {
        return new AccountNews(changes, signIn -> found, executor);
    }

    private List<Change> aboutAda() {
        String as = "roost://accounts/" + ada.id();
        return List.of(
                new Change.Content("roost://accounts", as),
                new Change.Content(as),
                new Change.Content("roost://accounts/@ada", as));
    }

    @Test
    void tellsOfRefreshesAndLossesOfKeptAccounts() {
        AccountNews news = news(Optional.empty(), Runnable::run);
        news.accept(refreshed(new Subject.Kept(ada.id(), "ada", 1)));
        assertThat(heard).containsExactlyElementsOf(aboutAda());
        heard.clear();
        news.accept(new EngineEvent.GrantLost(ada, new LossCause.RefusedByX()));
        assertThat(heard).containsExactlyElementsOf(aboutAda());
    }

    @Test
    void tellsOfASignInWhoseAccountItLooksUpElsewhere() {
        List<Runnable> later = new ArrayList<>();
        news(Optional.of(ada), later::add).accept(ended(Ending.CONNECTED));
        assertThat(heard).isEmpty();
        later.forEach(Runnable::run);
        assertThat(heard).containsExactlyElementsOf(aboutAda());
    }

    @Test
    void isSilentAboutCallersAndSignInsThatChangedNothing() {
        AccountNews news = news(Optional.of(ada), Runnable::run);
        news.accept(refreshed(new Subject.Caller("some-app")));
        news.accept(ended(Ending.DENIED));
        assertThat(heard).isEmpty();
    }

    @Test
    void aProcessThatStopsIsNotDisturbed() {
        news(Optional.of(ada), task -> {
                    throw new RejectedExecutionException("stopped");
                })
                .accept(ended(Ending.CONNECTED));
        assertThat(heard).isEmpty();
    }

    private static EngineEvent ended(Ending ending) {
        return new EngineEvent.SignInEnded("con_0123456789abcdef0123", false, ending, "");
    }

    private static EngineEvent refreshed(Subject subject) {
        return new EngineEvent.RefreshEnded(
                subject,
                new Node("test"),
                EngineEvent.Outcome.ROTATED,
                Optional.empty(),
                "",
                Duration.ofMillis(5),
                Optional.empty());
    }
}
