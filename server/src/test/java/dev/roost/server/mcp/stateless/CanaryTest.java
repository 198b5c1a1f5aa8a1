package dev.roost.server.mcp.stateless;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.roost.mcp.catalog.ToolResult;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Looks for the caller's secrets in all failures and in all lines of the log, its exceptions included. */
@Timeout(120)
final class CanaryTest {
    private static final List<FaultKind> FAULTS = List.of(
            FaultKind.STATUS_401,
            FaultKind.STATUS_402,
            FaultKind.STATUS_429,
            FaultKind.HTML_403,
            FaultKind.STATUS_500,
            FaultKind.STATUS_503,
            FaultKind.STATUS_503_AFTER,
            FaultKind.UNREADABLE_200,
            FaultKind.LOSE_ANSWER,
            FaultKind.REFUSE,
            FaultKind.CUT_BODY);

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Stage stage = new Stage();
    private final List<String> secrets = new ArrayList<>(List.of(Stage.SECRET));
    private final List<String> seen = new ArrayList<>();

    @BeforeEach
    void listen() {
        ((Logger) LoggerFactory.getLogger("dev.roost")).setLevel(Level.TRACE);
        lines.start();
        root.addAppender(lines);
    }

    @AfterEach
    void close() {
        root.detachAppender(lines);
        root.setLevel(before);
        ((Logger) LoggerFactory.getLogger("dev.roost")).setLevel(null);
        stage.close();
    }

    @Test
    void noFailureAndNoLineHoldsASecret() {
        FAULTS.forEach(this::strike);
        misplace();
        ok(refresh(note(stage.refresh(Stage.CONFIDENTIAL))));
        assertThat(lines.list).isNotEmpty();
        for (ILoggingEvent line : List.copyOf(lines.list)) {
            seen.add(line.getFormattedMessage() + " " + line.getKeyValuePairs() + " " + line.getMDCPropertyMap() + " "
                    + (line.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(line.getThrowableProxy())));
        }
        stage.x().ledger().tokensOf("1001").forEach(token -> secrets.add(token.value()));
        List<String> forms =
                secrets.stream().flatMap(secret -> forms(secret).stream()).toList();
        assertThat(seen)
                .hasSizeGreaterThan(60)
                .allSatisfy(text -> assertThat(text).doesNotContain(forms));
    }

    private void strike(FaultKind kind) {
        String refresh = note(stage.refresh(Stage.CONFIDENTIAL));
        stage.x().queue(Fault.of(Endpoint.TOKEN, kind));
        failed(refresh(refresh));
        String access = note(stage.access());
        for (String tool : new String[] {"twitter_search_tweets", "twitter_get_user_tweets", "twitter_post_tweet"}) {
            stage.x().queue(Fault.of(Endpoint.API, kind));
            see(stage.call(
                    tool, "twitter_access_token", access, "query", "cats", "username", "ada", "text", "Hello " + kind));
        }
    }

    /** Secrets where something else should be: they are not repeated. */
    private void misplace() {
        String access = note(stage.access());
        String other = note(stage.refresh(Stage.CONFIDENTIAL));
        for (String name : new String[] {"user_id", "username", "max_results"}) {
            failed(stage.call("twitter_get_user_tweets", "twitter_access_token", access, "user_id", "1", name, other));
        }
        failed(stage.call("twitter_get_user_replies", "twitter_access_token", access, "username", "@" + other));
        failed(stage.call("twitter_reply_to_tweet", "twitter_access_token", access, "tweet_id", other, "text", "Hi"));
        failed(stage.call("twitter_post_tweet", "twitter_access_token", other, "text", "Hi"));
        failed(stage.call("twitter_post_tweet", "twitter_access_token", List.of(other), "text", "Hi"));
        failed(stage.call("twitter_post_tweet", "twitter_access_token", "Bearer " + access, "text", "Hi"));
        failed(stage.call("twitter_refresh_token", "twitter_refresh_token", access, "twitter_client_id", other));
        failed(stage.call(
                "twitter_refresh_token",
                "twitter_refresh_token",
                "\"" + other + "\" ü",
                "twitter_client_id",
                "\"" + Stage.SECRET + "\""));
        failed(stage.call(
                "twitter_refresh_token",
                "twitter_refresh_token",
                access,
                "twitter_client_id",
                Stage.CONFIDENTIAL,
                "twitter_client_secret",
                "'" + Stage.SECRET + "'"));
    }

    private ToolResult refresh(String token) {
        return stage.call(
                "twitter_refresh_token",
                "twitter_refresh_token",
                token,
                "twitter_client_id",
                Stage.CONFIDENTIAL,
                "twitter_client_secret",
                Stage.SECRET);
    }

    private String note(String secret) {
        secrets.add(secret);
        return secret;
    }

    private void failed(ToolResult result) {
        assertThat(result.isError()).as(Stage.text(result)).isTrue();
        see(result);
    }

    private void see(ToolResult result) {
        seen.add(result.toString());
    }

    private static void ok(ToolResult result) {
        assertThat(result.isError()).as("isError").isFalse();
    }

    private static List<String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return List.of(
                secret,
                secret.substring(0, 12),
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                Base64.getEncoder().withoutPadding().encodeToString(bytes));
    }
}
