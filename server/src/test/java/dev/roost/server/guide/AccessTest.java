package dev.roost.server.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.KeyScope;
import dev.roost.server.guide.Guide.Answer;
import dev.roost.server.guide.Guide.Wish;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call, and with which status it is refused. */
final class AccessTest {
    private static final String UNKNOWN = "{\"toolName\":\"nothing\"}";

    private Guide guide = Guide.start();

    @AfterEach
    void stop() {
        guide.close();
    }

    private void restart(Wish wish) {
        guide.close();
        guide = Guide.start(wish);
    }

    @Test
    void needsAKeyWhereOthersCanReachIt() {
        restart(Wish.USUAL.open());
        Answer none = guide.post(UNKNOWN);
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.body().propertyNames())
                .containsExactly("success", "error", "message", "code", "retryable", "reauthRequired", "requestId");
        assertThat(none.text("code")).isEqualTo("api_key_missing_or_invalid");
        assertThat(guide.post(UNKNOWN, "Authorization", "Bearer " + key(KeyScope.X_READ))
                        .status())
                .isEqualTo(403);
        assertThat(guide.post(UNKNOWN, "Authorization", "Bearer " + key(KeyScope.X_WRITE))
                        .text("code"))
                .isEqualTo("tool_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcp/tools", "/mcp/resources", "/mcp/info"})
    void listsOnlyToHoldersOfAKeyWhereOthersCanReachIt(String path) {
        restart(Wish.USUAL.open());
        assertThat(guide.get(path).status()).isEqualTo(401);
        assertThat(guide.get(path, "X-API-Key", key(KeyScope.X_READ)).status()).isEqualTo(200);
        assertThat(guide.get("/").status()).isEqualTo(200);
    }

    @Test
    void refusesARevokedKeyOnLoopbackToo() {
        ApiKeys.Created created = guide.keys().create("test", Set.of(KeyScope.X_WRITE), Set.of(), 0);
        String bearer = "Bearer " + created.secret().expose();
        assertThat(guide.post(UNKNOWN, "Authorization", bearer).status()).isEqualTo(400);
        guide.keys().revoke(created.key().id());
        assertThat(guide.post(UNKNOWN, "Authorization", bearer).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "false,'',400",
        "false,truthful,404",
        "false,legacy,400",
        "false,whatever,400",
        "true,'',404",
        "true,truthful,404",
        "true,legacy,400"
    })
    void choosesTheStatusBySettingAndHeader(boolean setting, String header, int status) {
        restart(setting ? Wish.USUAL.truthfully() : Wish.USUAL);
        Answer answer = header.isEmpty() ? guide.post(UNKNOWN) : guide.post(UNKNOWN, "Roost-Status", header);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("error")).isEqualTo("Tool \"nothing\" not found.");
    }

    @Test
    void notesOutcomesInTheAuditTrail() {
        guide.execute("refreshTwitterToken", Map.of("refreshToken", "dead-token"));
        guide.execute("getTwitterAuthUrl", Map.of("callbackUrl", Guide.CALLBACK));
        assertThat(guide.audited()).contains("guide.execute refresh_token_refused", "guide.execute ok");
    }

    private String key(KeyScope scope) {
        return guide.keys().create("test", Set.of(scope), Set.of(), 0).secret().expose();
    }
}
