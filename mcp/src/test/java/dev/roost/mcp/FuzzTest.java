package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.mcp.http.HttpLimits;
import dev.roost.mcp.http.HttpReply;
import dev.roost.mcp.protocol.JsonRpc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever comes in: no crash, no hang, every answer is JSON-RPC, nothing of the inside, and no echo of what was sent but where
 * the protocol wants one. A failure prints the seed; {@code @Property(seed = "…")} repeats it.
 */
final class FuzzTest {
    private static final int TRIES = 400;
    private static final Pattern INSIDE =
            Pattern.compile("Exception|Error:|\\bat [a-z.]+\\(|java\\.|dev\\.roost|jackson|networknt|\\$\\$Lambda");
    private static final HttpLimits LIMITS = new HttpLimits(
            Duration.ofMillis(200), Duration.ofMillis(1), Optional.empty(), 10_000, 100, Duration.ofMinutes(30));

    private final Things things = new Things();
    private final HttpPeer http = new HttpPeer(things.server(), LIMITS);

    @Provide
    Arbitrary<byte[]> lines() {
        Arbitrary<byte[]> json = Corpus.json().map(text -> text.getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(60);
        return Arbitraries.oneOf(mutated(Era.LEGACY), mutated(Era.MODERN), torn(), json, bytes);
    }

    private static Arbitrary<byte[]> mutated(Era era) {
        return Corpus.mutated(era).map(JsonRpc::bytes);
    }

    /** Good messages with wrong bytes in them, or cut off. */
    private static Arbitrary<byte[]> torn() {
        return Combinators.combine(
                        Arbitraries.oneOf(Corpus.good(Era.LEGACY), Corpus.good(Era.MODERN)),
                        Arbitraries.integers().between(0, 2000),
                        Arbitraries.bytes(),
                        Arbitraries.integers().between(0, 9))
                .as((message, at, wrong, cut) -> {
                    byte[] bytes = JsonRpc.bytes(message);
                    bytes[at % bytes.length] = wrong;
                    return cut == 0 ? Arrays.copyOf(bytes, at % bytes.length) : bytes;
                });
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void stdioAnswersAnythingBeforeItIsInitialized(@ForAll("lines") byte[] line) throws Exception {
        stdio(new StdioPeer(things.server()), line);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void stdioAnswersAnythingInASession(@ForAll("lines") byte[] line) throws Exception {
        StdioPeer peer = new StdioPeer(things.server());
        peer.initialize("2025-03-26");
        stdio(peer, line);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void stdioAnswersBatchesOfAnything(@ForAll("batches") String batch) throws Exception {
        StdioPeer peer = new StdioPeer(things.server());
        peer.initialize("2024-11-05");
        stdio(peer, batch.getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> batches() {
        Arbitrary<String> one = Arbitraries.oneOf(
                Corpus.mutated(Era.LEGACY).map(Object::toString),
                Corpus.good(Era.LEGACY).map(Object::toString),
                Corpus.json());
        return one.list().ofMaxSize(5).map(all -> "[" + String.join(",", all) + "]");
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void httpAnswersAnythingWithoutASession(@ForAll("lines") byte[] body) throws Exception {
        http(HttpPeer.post(body));
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void httpAnswersAnythingInASession(@ForAll("lines") byte[] body) throws Exception {
        String session = http.session();
        http(HttpPeer.post(body).in(session));
        assertThat(http.whole(HttpPeer.bare("DELETE").in(session)).status()).isEqualTo(204);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void httpAnswersAnythingWithModernHeaders(@ForAll("modern") ObjectNode body) throws Exception {
        HttpPeer.Form form = HttpPeer.post(body).with("MCP-Protocol-Version", "2026-07-28");
        JsonNode params = body.path("params");
        header(form, "Mcp-Method", body.path("method"));
        header(form, "Mcp-Name", params.path("name"));
        header(form, "Mcp-Name", params.path("uri"));
        header(form, "Mcp-Param-Region", params.at("/arguments/region"));
        header(form, "Mcp-Param-Count", params.at("/arguments/count"));
        header(form, "Mcp-Param-Dry", params.at("/arguments/dry"));
        header(form, "Mcp-Param-Deeper", params.at("/arguments/deep/er"));
        http(form);
    }

    @Provide
    Arbitrary<ObjectNode> modern() {
        return Arbitraries.oneOf(Corpus.mutated(Era.MODERN), Corpus.good(Era.MODERN));
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
    void httpTakesAnyHeaders(@ForAll String value, @ForAll("headers") String name, @ForAll("modern") ObjectNode body)
            throws Exception {
        http(HttpPeer.post(body).with("MCP-Protocol-Version", "2026-07-28").with(name, value));
        http(HttpPeer.get(http.session()).with(name, value));
        http(HttpPeer.bare("DELETE").in(http.session()).with(name, value));
    }

    @Provide
    Arbitrary<String> headers() {
        return Arbitraries.of(
                "Accept",
                "Content-Type",
                "Mcp-Session-Id",
                "MCP-Protocol-Version",
                "Mcp-Method",
                "Mcp-Name",
                "Mcp-Param-Region",
                "Last-Event-ID");
    }

    private static void header(HttpPeer.Form form, String name, JsonNode value) {
        if (value.isValueNode()) {
            form.with(name, value.asString(""));
        }
    }

    private static void stdio(StdioPeer peer, byte[] line) throws Exception {
        peer.send(line);
        peer.send("");
        peer.send(Wire.request("still there", "tools/list", Wire.modern(Wire.object("{}"), Peer.NOTHING)));
        List<JsonNode> answers = peer.rest().toList();

        answers.forEach(FuzzTest::check);
        assertThat(answers).anySatisfy(answer -> {
            assertThat(answer.path("id").asString("")).isEqualTo("still there");
            assertThat(answer.has("result")).isTrue();
        });
    }

    private void http(HttpPeer.Form form) throws Exception {
        CompletableFuture<List<JsonNode>> answers = new CompletableFuture<>();
        Wire.THREADS
                .newThread(() -> {
                    try {
                        answers.complete(answers(http.send(form)));
                    } catch (Throwable e) {
                        answers.completeExceptionally(e);
                    }
                })
                .start();
        answers.get(20, TimeUnit.SECONDS).forEach(FuzzTest::check);
    }

    /** Reads a stream until it is quiet. */
    private static List<JsonNode> answers(HttpReply reply) throws InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        switch (reply) {
            case HttpReply.Whole whole -> {
                assertThat(whole.status()).isIn(200, 202, 204, 400, 403, 404, 405, 406, 415, 503);
                assertThat(whole.body().isPresent()).isEqualTo(whole.status() != 202 && whole.status() != 204);
                whole.body().ifPresent(all::add);
            }
            case HttpReply.Events events ->
                events.writer().write(piece -> {
                    if (piece.startsWith(":")) {
                        throw new IOException("the client is gone");
                    }
                    HttpPeer.Event.of(piece).ifPresent(event -> all.add(event.data()));
                });
        }
        return all;
    }

    private static void check(JsonNode answer) {
        if (answer.isArray()) {
            assertThat(answer).isNotEmpty();
            answer.forEach(FuzzTest::check);
            return;
        }
        assertThat(answer.path("jsonrpc").asString("")).isEqualTo("2.0");
        assertThat(answer.has("method") || answer.has("result") != answer.has("error"))
                .isTrue();
        ObjectNode own = ((ObjectNode) answer).deepCopy();
        if (own.path("error").path("data") instanceof ObjectNode data) {
            // The protocol wants these two back.
            data.remove(List.of("uri", "requested"));
        }
        if (own.has("error") || own.at("/result/isError").asBoolean(false)) {
            own.remove("id");
            assertThat(own.toString()).doesNotContain(Wire.CANARY);
            assertThat(INSIDE.matcher(own.toString()).find()).as(own.toString()).isFalse();
        }
    }
}
