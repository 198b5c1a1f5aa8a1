package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.mcp.stdio.StdioServer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class StdioLinesTest {
    private final Things things = new Things();
    private final StdioPeer peer = new StdioPeer(things.server());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{|-32700",
                "canary-7f3a9c|-32700",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"} {}|-32700",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}|-32700",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":NaN}|-32700",
                "5|-32600",
                "null|-32600",
                "\"canary-7f3a9c\"|-32600",
                "{}|-32600",
                "[]|-32600",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]|-32600",
                "{\"id\":1,\"method\":\"ping\"}|-32600",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}|-32600",
                "{\"jsonrpc\":2.0,\"id\":1,\"method\":\"ping\"}|-32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1}|-32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"error\":{}}|-32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}|-32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":null}|-32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[\"canary-7f3a9c\"]}|-32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}|-32602"
            })
    void answersALineThatIsNoRequestAndGoesOn(String line, int code) throws Exception {
        peer.send(line);
        JsonNode answer = peer.next();
        assertThat(answer.at("/error/code").asInt()).isEqualTo(code);
        assertThat(answer.toString()).doesNotContain(Wire.CANARY, "Exception", "jackson");

        goesOn();
    }

    @Test
    void answersALineThatIsNestedTooDeep() throws Exception {
        peer.send("[".repeat(100_000));
        assertThat(peer.next().at("/error/code").asInt()).isEqualTo(-32700);
        peer.send("{\"a\":".repeat(129) + "1" + "}".repeat(129));
        assertThat(peer.next().at("/error/code").asInt()).isEqualTo(-32700);

        goesOn();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c080", "eda080", "e282", "f7bfbfbf", "c3", "80"})
    void answersALineThatIsNotUtf8(String hex) throws Exception {
        byte[] bad = HexFormat.of().parseHex(hex);
        byte[] line =
                "{\"jsonrpc\":\"2.0\",\"id\":\"________\",\"method\":\"ping\"}\n".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bad, 0, line, 25, bad.length);
        peer.send(line);
        JsonNode answer = peer.next();
        assertThat(answer.at("/error/code").asInt()).isEqualTo(-32700);
        assertThat(answer.at("/error/message").asString()).isEqualTo("this is not UTF-8");

        goesOn();
    }

    @Test
    void takesAByteOrderMarkButNoUtf16() throws Exception {
        peer.send("\uFEFF{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
        assertThat(peer.next().has("result")).isTrue();
        peer.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}".getBytes(StandardCharsets.UTF_16BE));
        peer.send("");
        assertThat(peer.next().at("/error/code").asInt()).isEqualTo(-32700);

        goesOn();
    }

    @Test
    void passesOverALineThatIsTooLong() throws Exception {
        byte[] piece = new byte[1024 * 1024];
        Arrays.fill(piece, (byte) 'x');
        for (int sent = 0; sent <= StdioServer.LONGEST_LINE; sent += piece.length) {
            peer.send(piece);
        }
        peer.send("");
        assertThat(peer.next().at("/error/message").asString()).contains("longer than 16777216 bytes");

        goesOn();
    }

    @Test
    void ignoresEmptyLinesAndTakesEitherEnd() throws Exception {
        peer.send("");
        peer.send("   ");
        peer.send("\r");
        peer.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\r");
        assertThat(peer.next().get("id").asInt()).isEqualTo(1);
        peer.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(peer.finish()).containsExactly("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "9007199254740993",
                "123456789012345678901234567890123456789012345678901234567890",
                "\"\"",
                "\"a b\"",
                "\"\u2028\u0085é😀\"",
                "\"\\ud800\"",
                "\"line\\nbreak\"",
                "\"0\""
            })
    void echoesAnIdAsItCame(String id) throws Exception {
        peer.send("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}");

        List<String> lines = peer.finish();
        assertThat(lines).hasSize(1);
        assertThat(Wire.parse(lines.getFirst()).get("id")).isEqualTo(Wire.parse(id));
        assertThat(Wire.parse(lines.getFirst()).has("result")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1.5", "1.0", "1e3", "true", "{}", "[1]"})
    void refusesAnIdThatIsNeitherTextNorWholeNumber(String id) throws Exception {
        peer.send("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}");
        JsonNode answer = peer.next();

        assertThat(answer.at("/error/message").asString()).isEqualTo("the member id must be a text or a whole number");
        assertThat(answer.has("id")).isFalse();
        peer.finish();
    }

    @Test
    void writesOneLineAMessageWhateverIsInIt() throws Exception {
        peer.initialize("2025-11-25");
        peer.send(
                Wire.request(1, "tools/call", Wire.call("echo", "{'text':'a\\nb\\r\\u2028\\u2029\\u0085é😀\\u0000'}")));
        List<String> lines = peer.finish();

        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst()).doesNotContain("\r", "\n");
        assertThat(Wire.parse(lines.getFirst())
                        .at("/result/structuredContent/text")
                        .asString())
                .isEqualTo("a\nb\r\u2028\u2029\u0085é😀\u0000");
    }

    private void goesOn() throws Exception {
        assertThat(peer.ask(7, "ping", Wire.object("{}")).has("result")).isTrue();
        assertThat(peer.finish()).isEmpty();
    }
}
