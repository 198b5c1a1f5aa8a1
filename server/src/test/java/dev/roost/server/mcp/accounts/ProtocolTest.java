package dev.roost.server.mcp.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.access.KeyScope;
import dev.roost.mcp.protocol.McpServer;
import dev.roost.mcp.protocol.StateSeal;
import dev.roost.mcp.stdio.StdioServer;
import dev.roost.server.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The account tools through the real protocol, in both of its eras: who is asked, how the answer comes back. */
@Timeout(60)
final class ProtocolTest {
    private static final String META =
            "'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28','io.modelcontextprotocol/clientCapabilities':"
                    + "{'elicitation':{'url':{}}},'io.modelcontextprotocol/clientInfo':{'name':'t','version':'1'}}";

    private final Stage stage = new Stage();
    private final McpServer protocol =
            new McpServer(stage.catalog, StateSeal.ofThisProcess(SecureRandom::new, InstantSource.system()));
    private OutputStream toServer = OutputStream.nullOutputStream();
    private final BlockingQueue<String> fromServer = new LinkedBlockingQueue<>();

    @BeforeEach
    void connect() throws IOException {
        PipedOutputStream writing = new PipedOutputStream();
        StdioServer server = new StdioServer(
                protocol,
                TestCall.of(KeyScope.ADMIN).principal(),
                new PipedInputStream(writing, 1 << 20),
                new PrintStream(new Lines(fromServer), true, StandardCharsets.UTF_8),
                Thread.ofVirtual().factory(),
                () -> {});
        toServer = writing;
        var _ = Thread.ofVirtual()
                .start(() -> Stage.done(() -> {
                    serve(server);
                    return 0;
                }));
    }

    /** Cuts what is written into lines. A pipe would not do: it breaks when the thread that wrote last has ended. */
    private static final class Lines extends OutputStream {
        private final BlockingQueue<String> lines;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(BlockingQueue<String> lines) {
            this.lines = lines;
        }

        @Override
        public synchronized void write(int b) {
            if (b == '\n') {
                lines.add(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(b);
            }
        }
    }

    private static void serve(StdioServer server) throws InterruptedException {
        try {
            server.serve();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() throws IOException {
        toServer.close();
        protocol.close();
        stage.close();
    }

    private void send(String json) throws IOException {
        String line = json.replace('\'', '"') + "\n";
        toServer.write(line.getBytes(StandardCharsets.UTF_8));
        toServer.flush();
    }

    private JsonNode next(Predicate<JsonNode> wanted) {
        while (true) {
            JsonNode message = JsonMapper.shared().readTree(Stage.done(fromServer::take));
            if (wanted.test(message)) {
                return message;
            }
        }
    }

    private JsonNode answerTo(int id) {
        return next(message -> message.path("id").asInt(-1) == id && !message.has("method"));
    }

    private JsonNode request(String method) {
        return next(message -> message.path("method").asString("").equals(method));
    }

    private void initialize(String capabilities) throws IOException {
        send("{'jsonrpc':'2.0','id':1,'method':'initialize','params':{'protocolVersion':'2025-11-25','capabilities':"
                + capabilities + ",'clientInfo':{'name':'t','version':'1'}}}");
        answerTo(1);
        send("{'jsonrpc':'2.0','method':'notifications/initialized'}");
    }

    @Test
    void aClientOf2025IsAskedByTheServerAndGetsTheAccount() throws IOException {
        initialize("{'elicitation':{'url':{}}}");
        send(
                "{'jsonrpc':'2.0','id':2,'method':'tools/call','params':{'name':'twitter_connect_account','arguments':{}}}");
        JsonNode asked = request("elicitation/create");
        assertThat(asked.at("/params/mode").asString()).isEqualTo("url");
        stage.agrees(stage.ada, asked.at("/params/url").asString());
        send("{'jsonrpc':'2.0','id':" + asked.path("id") + ",'result':{'action':'accept'}}");
        JsonNode done = answerTo(2);
        assertThat(done.at("/result/structuredContent/status").asString()).isEqualTo("connected");
        assertThat(done.at("/result/structuredContent/account/username").asString())
                .isEqualTo("ada");
    }

    @Test
    void aClientOf2026AsksItsPersonAndCallsAgainWithASealedState() throws IOException {
        String call = "'method':'tools/call','params':{" + META + ",'name':'twitter_connect_account','arguments':{}";
        send("{'jsonrpc':'2.0','id':1," + call + "}}");
        JsonNode asked = answerTo(1).path("result");
        assertThat(asked.path("resultType").asString()).isEqualTo("input_required");
        JsonNode question = asked.path("inputRequests").values().iterator().next();
        stage.agrees(stage.ada, question.at("/params/url").asString());
        String state = asked.path("requestState").asString();
        assertThat(state).doesNotContain("con_");
        String name = asked.path("inputRequests").propertyNames().iterator().next();
        send("{'jsonrpc':'2.0','id':2," + call + ",'requestState':'" + state + "','inputResponses':{'" + name
                + "':{'action':'accept'}}}}");
        assertThat(answerTo(2).at("/result/structuredContent/account/username").asString())
                .isEqualTo("ada");
    }

    @Test
    void aCallThatMeetsALostGrantGoesOnAfterTheSignIn() throws IOException {
        stage.server.connect(TestServer.ADA);
        stage.server.simulator().revoke(TestServer.ADA);
        stage.server.advance(Duration.ofHours(3));
        initialize("{'elicitation':{'url':{}}}");
        send("{'jsonrpc':'2.0','id':2,'method':'tools/call','params':{'name':'twitter_get_profile','arguments':{}}}");
        JsonNode asked = request("elicitation/create");
        stage.agrees(stage.ada, asked.at("/params/url").asString());
        send("{'jsonrpc':'2.0','id':" + asked.path("id") + ",'result':{'action':'accept'}}");
        assertThat(answerTo(2).at("/result/structuredContent/username").asString())
                .isEqualTo("ada");
    }

    @Test
    void aClientWithoutQuestionsGetsAnErrorAsItsOutputSchemaHasIt() throws IOException {
        initialize("{}");
        send("{'jsonrpc':'2.0','id':2,'method':'tools/call','params':{'name':'twitter_get_profile','arguments':{}}}");
        JsonNode result = answerTo(2).path("result");
        assertThat(result.path("isError").asBoolean()).isTrue();
        assertThat(result.at("/structuredContent/code").asString()).isEqualTo("account_missing");
    }

    @Test
    void anArgumentThatIsNotKnownIsNamedByTheSchemaAndNotRepeated() throws IOException {
        initialize("{}");
        send("{'jsonrpc':'2.0','id':2,'method':'tools/call','params':{'name':'twitter_upload_media','arguments':"
                + "{'path':'/etc/passwd','media_type':'image/png'}}}");
        JsonNode result = answerTo(2).path("result");
        assertThat(result.path("isError").asBoolean()).isTrue();
        assertThat(result.at("/content/0/text").asString())
                .contains("\"data\" is missing")
                .doesNotContain("passwd");
    }
}
