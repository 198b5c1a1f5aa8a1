package dev.roost.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.server.TestServer.Plan;
import dev.roost.server.oauth.ProtectedResource;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where agents read who issues their tokens (RFC 9728). The client holds each answer against the API's description. */
final class ResourceMetadataTest {
    private static final ProtectedResource RESOURCE = new ProtectedResource(
            URI.create("https://login.example.com/t1"), URI.create("https://roost.example.com/mcp"));

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp"})
    void metadataIsShownToAnybody(String path) {
        try (TestServer server = TestServer.start(Plan.guarded(RESOURCE))) {
            HttpResponse<String> answer = server.client().get(path);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(answer.body().strip())
                    .isEqualTo("{\"resource\":\"https://roost.example.com/mcp\","
                            + "\"authorization_servers\":[\"https://login.example.com/t1\"],"
                            + "\"scopes_supported\":[\"accounts:read\",\"accounts:write\",\"x:read\",\"x:write\"],"
                            + "\"bearer_methods_supported\":[\"header\"],\"resource_name\":\"Roost\"}");
        }
    }

    @Test
    void serverAnswersTheHostOfItsResource() {
        try (TestServer server = TestServer.start(Plan.guarded(RESOURCE))) {
            String request = "GET " + ProtectedResource.METADATA + " HTTP/1.1\r\nHost: roost.example.com\r\n";
            assertThat(RawRequest.ask(server.uri(), request + "Connection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp"})
    void thereIsNoneWithoutAnAuthorizationServer(String path) {
        try (TestServer server = TestServer.start()) {
            HttpResponse<String> answer = server.client().get(path);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("no authorization server").contains("roost api-key create");
        }
    }

    @Test
    void otherPathsAreNotKnown() {
        try (TestServer server = TestServer.start(Plan.guarded(RESOURCE))) {
            assertThat(server.client().get(ProtectedResource.METADATA + "2").statusCode())
                    .isEqualTo(404);
            assertThat(server.client().post(ProtectedResource.METADATA, "{}").statusCode())
                    .isEqualTo(405);
        }
    }
}
