package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.mcp.catalog.Changes.Change;
import dev.roost.mcp.protocol.McpServer;
import dev.roost.mcp.stdio.StdioServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
final class StdioTest {
    private final Things things = new Things();

    @ParameterizedTest
    @EnumSource(Era.class)
    void answersAllThatWasAskedBeforeTheEndOfInput(Era era) throws Exception {
        StdioPeer peer = new StdioPeer(things.server());
        int first = era == Era.LEGACY ? 1 : 0;
        if (era == Era.LEGACY) {
            peer.send(Wire.request(0, "initialize", Wire.initialize("2025-06-18", Peer.NOTHING)));
        }
        for (int i = first; i < 3000; i++) {
            peer.send(Wire.request(i, "tools/call", params(era, Wire.call("echo", "{'text':'a'}"))));
        }
        List<Integer> ids = peer.rest().map(one -> one.get("id").asInt()).toList();

        assertThat(ids)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 3000).boxed().toList());
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void answersWhatIsUnderWayWhenItIsToldToEnd(Era era) throws Exception {
        StdioPeer peer = new StdioPeer(things.server());
        begin(peer, era);
        peer.send(Wire.request(1, "tools/call", params(era, Wire.call("waits", "{}"))));
        assertThat(things.waiting.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Boolean> stopped = peer.stop();
        JsonNode late = peer.ask(2, "tools/call", params(era, Wire.call("echo", "{'text':'a'}")));
        while (!late.has("error")) {
            late = peer.ask(2, "tools/call", params(era, Wire.call("echo", "{'text':'a'}")));
        }
        assertThat(late.at("/error/message").asString()).contains("the server stops");
        assertThat(stopped).isNotDone();
        things.go.countDown();

        assertThat(peer.next().at("/result/content/0/text").asString()).isEqualTo("waited");
        assertThat(stopped.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(things.interrupted.getCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void waitsForWorkThatGoesOnAtTheEndOfInput(Era era) throws Exception {
        StdioPeer peer = new StdioPeer(things.server());
        begin(peer, era);
        peer.send(Wire.request(1, "tools/call", params(era, Wire.call("waits", "{}"))));
        assertThat(things.waiting.await(20, TimeUnit.SECONDS)).isTrue();
        peer.end();
        things.go.countDown();

        assertThat(peer.next().at("/result/content/0/text").asString()).isEqualTo("waited");
        peer.awaitServed();
    }

    @Test
    void endsQuestionsAndSubscriptionsAtTheEndOfInput() throws Exception {
        StdioPeer peer = new StdioPeer(things.server());
        peer.initialize("2025-11-25");
        peer.send(Wire.request(1, "tools/call", Wire.call("asks_name", "{}")));
        assertThat(peer.next().path("method").asString()).isEqualTo("elicitation/create");
        peer.send(Wire.request("l", "subscriptions/listen", params(Era.MODERN, Wire.object("{'notifications':{}}"))));
        assertThat(peer.next().path("method").asString()).isEqualTo("notifications/subscriptions/acknowledged");

        List<JsonNode> rest = peer.rest().toList();
        assertThat(rest).extracting(one -> one.get("id").asString()).containsExactlyInAnyOrder("1", "l");
        assertThat(rest)
                .filteredOn(one -> one.has("error"))
                .singleElement()
                .satisfies(
                        one -> assertThat(one.at("/error/message").asString()).contains("did not answer"));
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void cancelsByANotificationAndSendsNothingMore(Era era) throws Exception {
        StdioPeer peer = new StdioPeer(things.server());
        begin(peer, era);
        ObjectNode call = params(era, Wire.call("waits", "{}"));
        call.withObject("_meta").put("progressToken", "t");
        peer.send(Wire.request("w", "tools/call", call));
        assertThat(peer.next().path("method").asString()).isEqualTo("notifications/progress");
        peer.send(Wire.notification("notifications/cancelled", Wire.object("{'requestId':'other'}")));
        peer.send(Wire.notification("notifications/cancelled", Wire.object("{'requestId':'w','reason':'x'}")));

        assertThat(things.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(peer.ask("p", "tools/call", params(era, Wire.call("echo", "{'text':'a'}")))
                        .has("result"))
                .isTrue();
        assertThat(peer.finish()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void refusesASecondRequestOfTheSameIdMeanwhile(Era era) throws Exception {
        StdioPeer peer = new StdioPeer(things.server());
        begin(peer, era);
        peer.send(Wire.request("w", "tools/call", params(era, Wire.call("waits", "{}"))));
        assertThat(things.waiting.await(20, TimeUnit.SECONDS)).isTrue();
        peer.send(Wire.request("w", "tools/call", params(era, Wire.call("waits", "{}"))));
        assertThat(peer.next().at("/error/message").asString()).contains("give each its own");
        things.go.countDown();

        assertThat(peer.next().has("result")).isTrue();
        assertThat(peer.finish()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2024-11-05, true", "2025-03-26, true", "2025-06-18, false", "2025-11-25, false"})
    void takesBatchesOnlyInTheRevisionsThatHaveThem(String revision, boolean has) throws Exception {
        StdioPeer peer = new StdioPeer(things.server());
        peer.initialize(revision);
        peer.send("[" + Wire.request(1, "ping", Wire.object("{}")) + ","
                + Wire.notification("notifications/cancelled", Wire.object("{}")) + ",5,"
                + Wire.request(2, "tools/call", Wire.call("echo", "{'text':'a'}")) + "]");
        JsonNode answer = peer.next();
        if (has) {
            assertThat(answer).isInstanceOf(ArrayNode.class).hasSize(3);
            assertThat(answer.valueStream().filter(one -> one.has("result"))).hasSize(2);
        } else {
            assertThat(answer.at("/error/message").asString()).contains("no batches; send one message a line");
        }
        assertThat(peer.finish()).isEmpty();
    }

    @Test
    void answersABatchOnceItsLastRequestIsDoneOrCancelled() throws Exception {
        StdioPeer peer = new StdioPeer(things.server());
        peer.initialize("2025-03-26");
        peer.send("[" + Wire.request("w", "tools/call", Wire.call("waits", "{}")) + ","
                + Wire.request("p", "ping", Wire.object("{}")) + "]");
        assertThat(things.waiting.await(20, TimeUnit.SECONDS)).isTrue();
        peer.send(Wire.notification("notifications/cancelled", Wire.object("{'requestId':'w'}")));

        JsonNode answer = peer.next();
        assertThat(answer).hasSize(1);
        assertThat(answer.at("/0/id").asString()).isEqualTo("p");
        assertThat(peer.finish()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "TOO MANY"})
    void refusesABatchThatIsEmptyOrTooLong(String batch) throws Exception {
        StdioPeer peer = new StdioPeer(things.server());
        peer.initialize("2025-03-26");
        peer.send(batch.equals("[]") ? batch : "[" + "5,".repeat(100) + "5]");

        assertThat(peer.next().at("/error/message").asString()).isEqualTo("a batch has 1 to 100 messages");
        assertThat(peer.finish()).isEmpty();
    }

    @Test
    void answersNoBatchOfNotificationsOnly() throws Exception {
        StdioPeer peer = new StdioPeer(things.server());
        peer.initialize("2025-03-26");
        peer.send("[" + Wire.notification("notifications/roots/list_changed", Wire.object("{}")) + "]");

        assertThat(peer.finish()).isEmpty();
    }

    @Test
    void speaksBothErasOnOneLine() throws Exception {
        StdioPeer peer = new StdioPeer(things.server());
        assertThat(peer.ask(1, "server/discover", params(Era.MODERN, Wire.object("{}")))
                        .has("result"))
                .isTrue();
        peer.initialize("2025-11-25");
        assertThat(peer.ask(2, "tools/list", Wire.object("{}"))
                        .at("/result/ttlMs")
                        .isMissingNode())
                .isTrue();
        assertThat(peer.ask(3, "tools/list", params(Era.MODERN, Wire.object("{}")))
                        .at("/result/ttlMs")
                        .asInt())
                .isPositive();
        peer.finish();
    }

    @Test
    void ignoresAnswersThatNobodyAskedFor() throws Exception {
        StdioPeer peer = new StdioPeer(things.server());
        peer.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
        peer.initialize("2025-11-25");
        peer.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
        peer.send("{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"error\":{}}");

        assertThat(peer.finish()).isEmpty();
    }

    @Test
    void readsOnWhileTheClientDoesNot() throws Exception {
        StdioPeer peer = new StdioPeer(things.server());
        peer.stopReading();
        for (int i = 0; i < 500; i++) {
            peer.send(Wire.request(i, "tools/call", params(Era.MODERN, Wire.call("echo", "{'text':'a'}"))));
        }
        peer.send(Wire.request("w", "tools/call", params(Era.MODERN, Wire.call("waits", "{}"))));
        assertThat(things.waiting.await(20, TimeUnit.SECONDS))
                .as("the last line was read")
                .isTrue();
        peer.send(Wire.notification("notifications/cancelled", Wire.object("{'requestId':'w'}")));
        assertThat(things.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        peer.readOn();

        assertThat(peer.finish()).hasSize(500);
    }

    @Test
    void doesNotHoldUpWhoAnnouncesAChangeForAClientThatDoesNotRead() throws Exception {
        StdioPeer peer = new StdioPeer(things.server());
        peer.initialize("2025-11-25");
        ObjectNode tools = Wire.object("{'notifications':{'toolsListChanged':true}}");
        assertThat(peer.ask("l", "subscriptions/listen", params(Era.MODERN, tools))
                        .has("method"))
                .isTrue();
        peer.stopReading();
        CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 5000; i++) {
                        things.changes.announce(new Change.Tools());
                    }
                })
                .get(20, TimeUnit.SECONDS);
        peer.readOn();

        assertThat(peer.finish().size()).isBetween(101, 1300);
    }

    @Test
    void stopsReadingOnceNobodyTakesItsAnswers() throws Exception {
        byte[] lines =
                (Wire.request(1, "ping", Wire.object("{}")) + "\n").repeat(1000).getBytes(StandardCharsets.UTF_8);
        ByteArrayInputStream in = new ByteArrayInputStream(lines);
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("gone");
            }
        };
        try (McpServer server = things.server()) {
            new StdioServer(server, Caller.ANN, in, gone, Wire.THREADS, () -> {}).serve();
        }
    }

    private static void begin(StdioPeer peer, Era era) {
        if (era == Era.LEGACY) {
            peer.initialize("2025-11-25");
        }
    }

    private static ObjectNode params(Era era, ObjectNode params) {
        return era == Era.MODERN ? Wire.modern(params, Peer.ALL) : params;
    }

    @Test
    void freesAnIdBeforeItsAnswerCanBeRead() throws Exception {
        StdioPeer peer = new StdioPeer(new Things().server());
        for (int i = 0; i < 300; i++) {
            assertThat(peer.ask("same", "tools/list", Wire.modern(Wire.object("{}"), Peer.NOTHING))
                            .has("result"))
                    .isTrue();
        }
        peer.end();
        peer.awaitServed();
    }
}
