package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.mcp.http.HttpReply;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
final class HttpRefusalsTest {
    private static final ObjectNode PING = Wire.request(1, "ping", Wire.object("{}"));

    private final HttpPeer peer = new HttpPeer(new Things().server());

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "HEAD", "OPTIONS", "TRACE", "canary-7f3a9c"})
    void takesNoOtherMethods(String method) {
        refused(peer.whole(HttpPeer.bare(method)), 405, -32600, "takes POST, GET and DELETE");
        assertThat(peer.whole(HttpPeer.bare(method)).headers()).containsEntry("Allow", "POST, GET, DELETE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void takesOnlyPostInTheModernEra(String method) {
        HttpReply.Whole reply = peer.whole(
                HttpPeer.bare(method).with("MCP-Protocol-Version", "2026-07-28").in(peer.session()));
        refused(reply, 405, -32600, "takes POST only");
        assertThat(reply.headers()).containsEntry("Allow", "POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "application/jsonx",
                "application/json-rpc",
                "text/application/json",
                "canary-7f3a9c"
            })
    void takesNothingButJson(String type) {
        refused(
                peer.whole(HttpPeer.post(PING).with("Content-Type", type)),
                415,
                -32600,
                "Content-Type: application/json");
        refused(peer.whole(HttpPeer.post(PING).without("Content-Type")), 415, -32600, "Content-Type: application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "APPLICATION/JSON; charset=utf-8", "application/json ;x=y"})
    void takesJsonHoweverItIsWritten(String type) {
        assertThat(peer.whole(HttpPeer.legacy(peer.session(), 1, "ping", Wire.object("{}"))
                                .with("Content-Type", type))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/*", "canary-7f3a9c"})
    void answersNoClientThatTakesNeitherKindOfAnswer(String accept) {
        refused(peer.whole(HttpPeer.post(PING).with("Accept", accept)), 406, -32600, "accept application/json and");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "|-32700|no JSON",
                "{canary-7f3a9c|-32700|not valid JSON",
                "[]|-32600|batches are not taken",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]|-32600|batches are not taken",
                "7|-32600|a message is a JSON object",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"canary-7f3a9c\"}|-32600|member id must be",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":5}|-32602|params must be an object",
                "{\"jsonrpc\":\"2.0\",\"canary-7f3a9c\":1}|-32600|a message has a method"
            })
    void refusesABodyThatIsNoMessage(String body, int code, String reason) {
        byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        refused(peer.whole(HttpPeer.post(bytes)), 400, code, reason);
        refused(peer.whole(HttpPeer.post(bytes).in(peer.session())), 400, code, reason);
    }

    @Test
    void refusesABodyThatIsNotUtf8() {
        refused(peer.whole(HttpPeer.post(new byte[] {'"', (byte) 0xff, '"'})), 400, -32700, "not UTF-8");
    }

    @Test
    void refusesJsonOfTooManyPiecesEarly() {
        byte[] many = ("[" + "{},".repeat(2_000_000) + "{}]").getBytes(StandardCharsets.UTF_8);
        refused(peer.whole(HttpPeer.post(many)), 400, -32700, "allowed: 100000 names, values and brackets");
    }

    @Test
    void wantsASession() {
        refused(peer.whole(HttpPeer.post(PING)), 400, -32600, "Mcp-Session-Id is missing");
        refused(
                peer.whole(HttpPeer.bare("GET").with("Accept", "text/event-stream")),
                400,
                -32600,
                "Mcp-Session-Id is missing");
        refused(peer.whole(HttpPeer.bare("DELETE")), 400, -32600, "Mcp-Session-Id is missing");
    }

    @Test
    void wantsASessionThatThereIs() {
        refused(peer.whole(HttpPeer.post(PING).in(Wire.CANARY)), 404, -32600, "no such session");
        refused(peer.whole(HttpPeer.get(Wire.CANARY)), 404, -32600, "no such session");
        refused(peer.whole(HttpPeer.bare("DELETE").in(Wire.CANARY)), 404, -32600, "no such session");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1999-01-01", "canary-7f3a9c", ""})
    void refusesARevisionThatItDoesNotKnowInASession(String revision) {
        refused(
                peer.whole(HttpPeer.post(PING).in(peer.session()).with("MCP-Protocol-Version", revision)),
                400,
                -32600,
                "allowed: 2026-07-28, 2025-11-25, 2025-06-18, 2025-03-26, 2024-11-05");
    }

    @Test
    void readsNoNewsToAClientThatTakesNoEvents() {
        refused(
                peer.whole(HttpPeer.get(peer.session()).with("Accept", "application/json")),
                406,
                -32600,
                "text/event-stream");
    }

    @Test
    void takesNotificationsAndAnswersWithoutAWord() {
        ObjectNode initialized = Wire.notification("notifications/initialized", Wire.object("{}"));
        ObjectNode response = Wire.object("{'jsonrpc':'2.0','id':1,'result':{}}");
        for (HttpPeer.Form form : new HttpPeer.Form[] {
            HttpPeer.post(initialized),
            HttpPeer.post(initialized).in(peer.session()),
            HttpPeer.post(response).in(peer.session())
        }) {
            assertThat(peer.whole(form).status()).isEqualTo(202);
            assertThat(peer.whole(form).body()).isEmpty();
        }
        refused(peer.whole(HttpPeer.post(response)), 400, -32600, "Mcp-Session-Id is missing");
    }

    @Test
    void answersUnknownMethodsByTheStatusOfTheEra() {
        HttpReply.Whole modern = peer.whole(HttpPeer.modern("no/such", Wire.object("{}")));
        refused(modern, 404, -32601, "no such method");
        HttpReply.Whole legacy = peer.whole(HttpPeer.legacy(peer.session(), 1, "no/such", Wire.object("{}")));
        refused(legacy, 200, -32601, "no such method");
    }

    @Test
    void answersMissingCapabilitiesAndRevisionsWith400() {
        ObjectNode params = Wire.modern(Wire.call("asks_name", "{}"), Peer.NOTHING);
        HttpPeer.Form lacking = HttpPeer.post(Wire.request(1, "tools/call", params))
                .with("MCP-Protocol-Version", "2026-07-28")
                .with("Mcp-Method", "tools/call")
                .with("Mcp-Name", "asks_name");
        refused(peer.whole(lacking), 400, -32021, "capabilities");

        params.withObject("_meta").put("io.modelcontextprotocol/protocolVersion", "2099-01-01");
        HttpPeer.Form future = HttpPeer.post(Wire.request(1, "tools/call", params))
                .with("MCP-Protocol-Version", "2099-01-01")
                .with("Mcp-Method", "tools/call")
                .with("Mcp-Name", "asks_name");
        refused(peer.whole(future), 400, -32022, "revision");
    }

    @Test
    void listensOnlyForAClientThatTakesEvents() {
        HttpPeer.Form listen = HttpPeer.modern("subscriptions/listen", Wire.object("{'notifications':{}}"))
                .with("Accept", "application/json");

        refused(peer.whole(listen), 406, -32600, "accept text/event-stream");
    }

    @Test
    void letsNothingWaitForAModernClientThatTakesNoEvents() {
        for (String accept : new String[] {"application/json", "*/*"}) {
            HttpPeer.Form call = HttpPeer.modern("tools/call", Wire.call("mute", "{}"));
            refused(peer.whole(call.with("Accept", accept)), 406, -32600, "accept text/event-stream beside");
            HttpPeer.Form list = HttpPeer.modern("tools/list", Wire.object("{}"));
            assertThat(peer.whole(list.with("Accept", accept)).status()).isEqualTo(200);
        }
    }

    /** Nobody writes the streams of the first sixty, as when their clients hung up before; a caller has fifty. */
    @Test
    void beginsToListenOnlyWhenTheStreamIsWritten() {
        HttpPeer.Form listen = HttpPeer.modern("subscriptions/listen", Wire.object("{'notifications':{}}"));
        for (int i = 0; i < 60; i++) {
            assertThat(peer.send(listen)).isInstanceOf(HttpReply.Events.class);
        }
        assertThat(peer.read(listen).data().path("method").asString())
                .isEqualTo("notifications/subscriptions/acknowledged");
        peer.endpoint.close();
    }

    @Test
    void namesTheScopeThatIsMissingWith403() {
        HttpReply.Whole reply = peer.whole(HttpPeer.modern("tools/call", Wire.call("scoped", "{}")));
        refused(reply, 403, 403, "needs the scope posts:write");
        assertThat(reply.missingScope()).contains("posts:write");
        assertThat(reply.body().orElseThrow().at("/error/data/requiredScopes").toString())
                .isEqualTo("[\"posts:write\"]");
    }

    @Test
    void namesTheMissingScopeWith403EvenToWhoTakesEventsOnly() {
        HttpPeer.Form modern = HttpPeer.modern("tools/call", Wire.call("scoped", "{}"));
        HttpPeer.Form legacy = HttpPeer.legacy(peer.session(), 1, "tools/call", Wire.call("scoped", "{}"));
        for (HttpPeer.Form form : new HttpPeer.Form[] {modern, legacy}) {
            HttpReply.Whole reply = peer.whole(form.with("Accept", "text/event-stream"));
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.missingScope()).contains("posts:write");
        }
    }

    static void refused(HttpReply.Whole reply, int status, int code, String reason) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body().orElseThrow().path("jsonrpc").asString()).isEqualTo("2.0");
        assertThat(reply.body().orElseThrow().at("/error/code").asInt()).isEqualTo(code);
        assertThat(reply.body().orElseThrow().at("/error/message").asString()).contains(reason);
        assertThat(reply.body().orElseThrow().toString()).doesNotContain(Wire.CANARY, "Exception");
    }
}
