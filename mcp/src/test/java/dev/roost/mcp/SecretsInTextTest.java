package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.mcp.catalog.Content;
import dev.roost.mcp.catalog.ResourceContent;
import dev.roost.mcp.catalog.ToolResult;
import dev.roost.mcp.http.HttpReply;
import dev.roost.mcp.protocol.Answer;
import dev.roost.mcp.protocol.JsonRpc;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class SecretsInTextTest {
    @Test
    void showsNoContentWhenPrinted() {
        ObjectNode secret = Wire.object("{}").put("token", Wire.CANARY);
        ObjectNode response = Wire.object("{'jsonrpc':'2.0','id':1}");
        response.set("result", secret);
        List<Object> all = List.of(
                JsonRpc.message(Wire.request(Wire.CANARY, Wire.CANARY, secret)),
                JsonRpc.message(Wire.notification(Wire.CANARY, secret)),
                JsonRpc.message(response),
                Answer.of(response),
                new HttpReply.Whole(
                        200, Map.of("Mcp-Session-Id", Wire.CANARY), Optional.of(response), Optional.empty()),
                ToolResult.structured(secret),
                new Content.Text(Wire.CANARY),
                new Content.Image(Wire.CANARY, "image/png"),
                new Content.Audio(Wire.CANARY, "audio/wav"),
                new ResourceContent.Text("roost://a", "text/plain", Wire.CANARY),
                new ResourceContent.Blob("roost://a", "image/png", Wire.CANARY));

        assertThat(all).allSatisfy(one -> assertThat(one.toString()).doesNotContain(Wire.CANARY));
    }
}
