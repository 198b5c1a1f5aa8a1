package dev.roost.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.access.KeyScope;
import dev.roost.testkit.MemoryStore;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who comes in as an agent without an access token. */
final class AgentAccessTest {
    private static final URI ISSUER = URI.create("https://login.example.com");

    @Test
    void programOfThisMachineComesInWithNothingAndMayDoNothingOfItsOwn() {
        for (Optional<URI> issuer : Set.of(Optional.<URI>empty(), Optional.of(ISSUER))) {
            try (AgentServer server = AgentServer.local(issuer)) {
                HttpResponse<String> answer = server.get("/mcp");
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).contains("\"local\":true").contains("\"scopes\":\"\"");
                assertThat(answer.body()).contains("\"principal\":\"local\"");
                HttpResponse<String> more = server.get("/mcp?need=x:write");
                assertThat(more.statusCode()).isEqualTo(401);
                assertThat(more.body()).contains("this needs the scopes x:read, x:write, and you showed nothing");
                assertThat(challenge(more))
                        .isEqualTo(
                                issuer.isEmpty()
                                        ? "Bearer"
                                        : "Bearer resource_metadata=\"" + AgentServer.METADATA
                                                + "\", scope=\"x:read x:write\"");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "Forwarded", "Via"})
    void requestThatAProxyBroughtNeedsCredentials(String header) {
        try (AgentServer server = AgentServer.local(Optional.empty())) {
            HttpResponse<String> answer = server.get("/mcp", header, "203.0.113.7");
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("roost api-key create");
            assertThat(challenge(answer)).isEqualTo("Bearer");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "Bearer", "Basic YTpi", "DPoP x", "roost_aaaaaaaaaa_x"})
    void whatIsShownIsCheckedOnThisMachineToo(String authorization) {
        try (AgentServer server = AgentServer.local(Optional.empty())) {
            HttpResponse<String> answer = server.get("/mcp", "Authorization", authorization);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("send a valid API key");
            assertThat(challenge(answer)).isEqualTo("Bearer");
        }
    }

    @Test
    void wrongKeyIsRefused() {
        String wrong = "roost_aaaaaaaaaa_" + "A".repeat(43);
        try (AgentServer server = AgentServer.alone()) {
            for (String header : Set.of("Authorization", "X-API-Key")) {
                HttpResponse<String> answer =
                        server.get("/mcp", header, header.equals("X-API-Key") ? wrong : "Bearer " + wrong);
                assertThat(answer.statusCode()).isEqualTo(401);
                assertThat(answer.body()).contains("api_key_missing_or_invalid").doesNotContain("AAA");
                assertThat(challenge(answer))
                        .isEqualTo("Bearer error=\"invalid_token\", error_description=\"this API key is not valid\"");
            }
            assertThat(challenge(server.get("/mcp"))).isEqualTo("Bearer");
        }
    }

    @Test
    void keyComesInWithItsScopesAndAccounts() {
        try (AgentServer server = AgentServer.alone()) {
            var ada = server.connect().id();
            var grace = server.connect().id();
            String key = server.key(Set.of(ada), KeyScope.X_READ, KeyScope.TOKEN_READ);
            HttpResponse<String> answer = server.get("/mcp?account=" + ada, "Authorization", "Bearer " + key);
            assertThat(answer.body())
                    .contains("\"covers\":true")
                    .contains("\"limited\":true")
                    .contains("\"scopes\":\"token:read x:read\"")
                    .contains("\"local\":false")
                    .contains("\"principal\":\"" + key.substring(6, 16) + "\"");
            assertThat(server.get("/mcp?account=" + grace, "X-API-Key", key).body())
                    .contains("\"covers\":false");
            assertThat(server.get("/mcp?account=" + grace, "X-API-Key", server.key(Set.of(), KeyScope.ADMIN))
                            .body())
                    .contains("\"covers\":true");
        }
    }

    @Test
    void keyWithTooFewScopesIsToldWhatItNeeds() {
        try (AgentServer server = AgentServer.alone()) {
            HttpResponse<String> answer =
                    server.get("/mcp?need=x:write", "X-API-Key", server.key(Set.of(), KeyScope.X_READ));
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body())
                    .contains("this needs the scopes x:read, x:write")
                    .contains("API key");
            assertThat(challenge(answer)).isEqualTo("Bearer error=\"insufficient_scope\", scope=\"x:read x:write\"");
            assertThat(server.get("/mcp?need=x:write", "X-API-Key", server.key(Set.of(), KeyScope.ADMIN))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void keyThatAsksTooOftenWaits() {
        try (AgentServer server = AgentServer.alone()) {
            String key = server.busyKey(2);
            assertThat(server.bearer(key).statusCode()).isEqualTo(200);
            assertThat(server.bearer(key).statusCode()).isEqualTo(200);
            HttpResponse<String> answer = server.bearer(key);
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.body()).contains("2 requests a minute");
        }
    }

    @Test
    void keyIsNotCalledWrongWhileTheStoreIsAway() {
        try (AgentServer server = AgentServer.alone()) {
            String key = server.key(Set.of(), KeyScope.X_READ);
            server.store().outage(MemoryStore.Outage.BEFORE);
            HttpResponse<String> answer = server.bearer(key);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("store_unavailable");
        }
    }

    @Test
    void severalCredentialsAreRefused() {
        try (AgentServer server = AgentServer.alone()) {
            String key = server.key(Set.of(), KeyScope.X_READ);
            for (HttpResponse<String> answer : Set.of(
                    server.get("/mcp", "Authorization", "Bearer " + key, "X-API-Key", key),
                    server.get("/mcp", "Authorization", "Bearer " + key, "Authorization", "Bearer " + key))) {
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body()).contains("there is more than one credential; send one");
                assertThat(challenge(answer)).startsWith("Bearer error=\"invalid_request\"");
            }
        }
    }

    @Test
    void tokenInTheAddressIsRefusedOnThisMachineToo() {
        try (AgentServer server = AgentServer.local(Optional.empty())) {
            HttpResponse<String> answer = server.get("/mcp?access_token=canary");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("revoke this one").doesNotContain("canary");
            assertThat(challenge(answer)).startsWith("Bearer error=\"invalid_request\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.example.com",
                "https://login.example.com?a=b",
                "https://login.example.com#a",
                "https://u:p@login.example.com",
                "login.example.com",
                "ftp://login.example.com",
                "https:///path",
                "https://login.example.com/ü",
                "https://login.example.com/ a"
            })
    void issuerThatIsNotSafeIsRefused(String issuer) {
        assertThatThrownBy(() -> ProtectedResource.issuer(issuer))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank()
                .doesNotContain("example");
    }

    @Test
    void metadataIsBesideTheEndpoint() {
        assertThat(new ProtectedResource(ISSUER, AgentServer.RESOURCE).metadataUrl())
                .hasToString(AgentServer.METADATA);
        assertThat(new ProtectedResource(ISSUER, URI.create("https://example.com/roost/mcp")).metadataUrl())
                .hasToString("https://example.com/roost/.well-known/oauth-protected-resource/mcp");
    }

    private static String challenge(HttpResponse<String> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElse("none");
    }
}
