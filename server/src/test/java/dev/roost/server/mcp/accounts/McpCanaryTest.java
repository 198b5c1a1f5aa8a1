package dev.roost.server.mcp.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.roost.mcp.catalog.Ask;
import dev.roost.mcp.catalog.Tool;
import dev.roost.server.TestServer;
import dev.roost.server.mcp.ByAccount.User;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import dev.roost.simulator.LedgerToken;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Takes an account through its life by tools, and looks for tokens in all that was answered, asked and logged. */
final class McpCanaryTest {
    private static final String WRITES = "tweet.read tweet.write users.read offline.access media.write";

    private final Stage stage = new Stage();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final TestCall call = TestCall.admin().openingUrls();

    @BeforeEach
    void listen() {
        root.setLevel(Level.DEBUG);
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void close() {
        root.detachAppender(log);
        root.setLevel(before);
        stage.close();
    }

    @Test
    void noTokenIsInAnyAnswerQuestionOrLogLine() {
        Ask ask = stage.asks("twitter_connect_account", "{}", call);
        stage.agrees(stage.ada, Stage.url(ask));
        stage.ok("twitter_connect_account", "{}", call.answering(ask, "accept"));
        stage.server.connect(TestServer.ADA, WRITES.split(" "));
        everyTool();
        String token = live();
        stage.error("twitter_account_status", "{'account':'" + token.substring(0, 40) + "'}", call);
        stage.call("twitter_get_mentions", "{'cursor':'" + token + "'}", call);
        stage.call("twitter_upload_media", "{'data':'" + token + "_','media_type':'image/png'}", call);
        byAccount();
        stage.server.simulator().queue(Fault.of(Endpoint.TOKEN, FaultKind.LOSE_ANSWER));
        stage.keep(Stage.done(() -> stage.tools.byAccount().refresh("@ada", call)));
        stage.server.simulator().revoke(TestServer.ADA);
        stage.server.advance(Duration.ofHours(3));
        everyTool();
        stage.ok("twitter_disconnect_account", "{'account':'@ada'}", call);
        everyTool();

        List<String> secrets = stage.server.simulator().ledger().tokensOf(TestServer.ADA).stream()
                .map(LedgerToken::value)
                .toList();
        assertThat(secrets).hasSizeGreaterThan(5);
        assertThat(stage.answered)
                .hasSizeGreaterThan(40)
                .allSatisfy(answer -> assertThat(answer).doesNotContain(secrets));
        assertThat(log.list)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getFormattedMessage()).doesNotContain(secrets));
        assertThat(stage.server.audit().newest(1000).toString()).doesNotContain(secrets);
    }

    private String live() {
        return stage.server
                .simulator()
                .ledger()
                .liveRefreshToken(TestServer.CLIENT_ID, TestServer.ADA)
                .orElseThrow();
    }

    private void byAccount() {
        var tools = stage.tools.byAccount();
        stage.keep(Stage.done(() -> tools.refresh("@ada", call)));
        stage.keep(Stage.done(() -> tools.search("@ada", "birds", 10, call)));
        stage.keep(Stage.done(() -> tools.tweets("@ada", new User.Name("grace"), 5, call)));
        stage.keep(Stage.done(() -> tools.replies("@ada", new User.Name("grace"), 10, call)));
        stage.keep(Stage.done(() -> tools.post("@ada", "birds", Optional.empty(), List.of(), call)));
    }

    private void everyTool() {
        for (Tool tool : stage.catalog.tools()) {
            String arguments =
                    switch (tool.name()) {
                        case "twitter_connect_account", "twitter_account_status" -> "{'account':'@ada'}";
                        case "twitter_list_accounts" -> "{}";
                        case "twitter_upload_media" -> "{'account':'@ada','data':'AAAA','media_type':'image/png'}";
                        case "twitter_delete_tweet",
                                "twitter_like_tweet",
                                "twitter_retweet",
                                "twitter_get_tweet_metrics" -> "{'account':'@ada','tweet_id':'1'}";
                        default -> "{'account':'@ada'}";
                    };
            if (!tool.name().equals("twitter_disconnect_account")) {
                stage.call(tool.name(), arguments, call);
            }
        }
    }
}
