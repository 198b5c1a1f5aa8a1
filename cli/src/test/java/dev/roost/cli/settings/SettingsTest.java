package dev.roost.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.Scopes;
import dev.roost.core.alerting.WebhookTargets;
import dev.roost.server.mcp.accounts.Family;
import dev.roost.server.oauth.ProtectedResource;
import dev.roost.store.Database;
import dev.roost.x.XSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
    @TempDir
    private Path folder;

    @Test
    void hasADefaultForEverySetting() {
        Settings settings = Settings.read(Map.of("HOME", folder.toString(), "HOSTNAME", "box"));
        Path data = folder.resolve(".local/share/roost");
        assertThat(settings.app()).isEmpty();
        assertThat(settings.data()).isEqualTo(data);
        assertThat(settings.database()).isEqualTo(Database.Sqlite.at(data.resolve("roost.db")));
        assertThat(settings.keysetFile()).isEqualTo(data.resolve("keyset.json"));
        assertThat(settings.port()).isEqualTo(3001);
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.callbackUrl()).hasToString("http://127.0.0.1:3001/auth/twitter/callback");
        assertThat(settings.scopes()).isEqualTo(Scopes.DEFAULT);
        assertThat(settings.apiUrl()).isEqualTo(XSettings.API_URL);
        assertThat(settings.http())
                .isEqualTo(new HttpSettings(Set.of(), Set.of(), false, Duration.ofMinutes(2), WebhookTargets.PUBLIC));
        assertThat(settings.mcp()).isEqualTo(new McpSettings(Optional.empty(), Optional.empty()));
        assertThat(settings.jsonLogs()).isEmpty();
        assertThat(settings.logLevel()).isEmpty();
        assertThat(settings.node()).isEqualTo("box");
        assertThat(settings.clockOffset()).isZero();
        assertThat(settings.effective()).hasSize(Setting.values().length);
    }

    @Test
    void takesEverySettingFromTheEnvironment() {
        Map<String, String> set = new HashMap<>();
        set.put("TWITTER_CLIENT_ID", " my-app\n");
        set.put("TWITTER_CLIENT_SECRET", "my-secret\n");
        set.put("ROOST_DATA", folder.toString());
        set.put("ROOST_DATABASE_URL", "jdbc:postgresql://db.example:5433/roost?user=ada&password=pw&sslmode=require");
        set.put("ROOST_KEYSET_FILE", folder.resolve("k.json").toString());
        set.put("PORT", "4000");
        set.put("ROOST_HOST", "0.0.0.0");
        set.put("ROOST_CALLBACK_URL", "https://roost.example/auth/twitter/callback");
        set.put("ROOST_SCOPES", "users.read,tweet.read offline.access");
        set.put("ROOST_X_AUTHORIZE_URL", "http://127.0.0.1:3002/i/oauth2/authorize");
        set.put("ROOST_X_API_URL", "http://127.0.0.1:3002");
        set.put("ROOST_ALLOWED_ORIGINS", "https://App.example, http://localhost:5173");
        set.put("ROOST_RETURN_URLS", "https://app.example/done");
        set.put("ROOST_EXECUTE_STATUS", "truthful");
        set.put("ROOST_REPLAY_WINDOW", "PT0S");
        set.put("ROOST_WEBHOOKS_ALLOW", "Hooks.internal, 10.0.0.0/8");
        set.put("ROOST_MCP_TOOLS", "read, posts");
        set.put("ROOST_MCP_ISSUER", "https://login.example/t1/");
        set.put("ROOST_MCP_RESOURCE", "https://roost.example/mcp");
        set.put("ROOST_LOG_FORMAT", "json");
        set.put("LOG_LEVEL", "debug");
        set.put("ROOST_NODE", "node-1");
        set.put("ROOST_CLOCK_OFFSET", "PT2H");
        Settings settings = Settings.read(set);
        XSettings app = settings.requireApp();
        assertThat(app.clientId()).isEqualTo("my-app");
        assertThat(app.clientSecret().orElseThrow().expose()).isEqualTo("my-secret");
        assertThat(app.authorizeUrl()).hasToString("http://127.0.0.1:3002/i/oauth2/authorize");
        assertThat(settings.database().label()).isEqualTo("PostgreSQL db.example:5433/roost");
        assertThat(settings.keysetFile()).isEqualTo(folder.resolve("k.json"));
        assertThat(settings.port()).isEqualTo(4000);
        assertThat(settings.listensOnLoopback()).isFalse();
        assertThat(settings.callsBackHere()).isFalse();
        assertThat(settings.scopes()).isEqualTo(Scopes.of("users.read", "tweet.read", "offline.access"));
        assertThat(settings.http())
                .isEqualTo(new HttpSettings(
                        Set.of("https://app.example", "http://localhost:5173"),
                        Set.of(URI.create("https://app.example/done")),
                        true,
                        Duration.ZERO,
                        WebhookTargets.allowing(List.of("hooks.internal", "10.0.0.0/8"))));
        assertThat(settings.mcp())
                .isEqualTo(new McpSettings(
                        Optional.of(Set.of(Family.READ, Family.POSTS)),
                        Optional.of(new ProtectedResource(
                                URI.create("https://login.example/t1/"), URI.create("https://roost.example/mcp")))));
        assertThat(settings.jsonLogs()).contains(true);
        assertThat(settings.logLevel()).contains("DEBUG");
        assertThat(settings.node()).isEqualTo("node-1");
        assertThat(settings.clockOffset()).isEqualTo(Duration.ofHours(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PORT                  | 0",
                "PORT                  | 65536",
                "PORT                  | http",
                "ROOST_HOST            | a b",
                "ROOST_DATABASE_URL    | mysql://h/db",
                "ROOST_CALLBACK_URL    | http://roost.example/auth/twitter/callback",
                "ROOST_CALLBACK_URL    | https://roost.example/callback",
                "ROOST_CALLBACK_URL    | http://127.0.0.1:4000/auth/twitter/callback",
                "ROOST_SCOPES          | tweet.read users.read",
                "ROOST_SCOPES          | offline.access",
                "ROOST_SCOPES          | Tweet!",
                "ROOST_X_AUTHORIZE_URL | x.com",
                "ROOST_X_API_URL       | http://api.x.com",
                "ROOST_X_API_URL       | https://api.x.com?a=b",
                "ROOST_ALLOWED_ORIGINS | https://app.example/path",
                "ROOST_ALLOWED_ORIGINS | *",
                "ROOST_RETURN_URLS     | http://app.example/done",
                "ROOST_RETURN_URLS     | https://app.example/done?a=b",
                "ROOST_EXECUTE_STATUS  | real",
                "ROOST_MCP_TOOLS       | everything",
                "ROOST_REPLAY_WINDOW   | 2 minutes",
                "ROOST_REPLAY_WINDOW   | PT11M",
                "ROOST_WEBHOOKS_ALLOW  | 10.0.0.0/33",
                "ROOST_WEBHOOKS_ALLOW  | pager_one.internal",
                "ROOST_MCP_ISSUER      | login.example",
                "ROOST_MCP_ISSUER      | http://login.example",
                "ROOST_MCP_ISSUER      | https://login.example?a=b",
                "ROOST_MCP_ISSUER      | https://login.example#a",
                "ROOST_MCP_ISSUER      | https://",
                "ROOST_MCP_ISSUER      | https://login.example/a b",
                "ROOST_MCP_RESOURCE    | http://roost.example/mcp",
                "ROOST_MCP_RESOURCE    | https://roost.example",
                "ROOST_MCP_RESOURCE    | https://roost.example/mcp/",
                "ROOST_MCP_RESOURCE    | https://Roost.example/mcp",
                "ROOST_MCP_RESOURCE    | https://roost.example/mcp?a=b",
                "ROOST_LOG_FORMAT      | xml",
                "LOG_LEVEL             | loud",
                "ROOST_NODE            | a/b",
                "ROOST_CLOCK_OFFSET    | 2h",
                "ROOST_CLOCK_OFFSET    | PT2H",
                "TWITTER_CLIENT_ID     | YOUR_TWITTER_CLIENT_ID",
                "TWITTER_CLIENT_ID     | a:b",
                "TWITTER_CLIENT_ID     | <client id>"
            })
    void refusesABadValueByNameValueAndWhatIsAllowed(String name, String value) {
        assertThatThrownBy(() -> read(Map.of(name, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(name + " is \"" + value + "\"")
                .hasMessageContaining("allowed: " + Setting.valueOf(name).allowed());
    }

    @ParameterizedTest
    @CsvSource({"YOUR_TWITTER_CLIENT_SECRET", "'\"quoted-canary\"'", "can ary"})
    void refusesABadSecretWithoutShowingIt(String secret) {
        assertThatThrownBy(() -> read(Map.of("TWITTER_CLIENT_ID", "app", "TWITTER_CLIENT_SECRET", secret)))
                .hasMessageContaining("TWITTER_CLIENT_SECRET is \"***\"")
                .message()
                .doesNotContain(secret);
    }

    @Test
    void refusesASecretWithoutAnId() {
        assertThatThrownBy(() -> read(Map.of("TWITTER_CLIENT_SECRET", "s3cret")))
                .hasMessageContaining("TWITTER_CLIENT_ID is not set (but TWITTER_CLIENT_SECRET is");
    }

    @Test
    void takesAnAuthorizationServerOfThisMachineWithoutTls() {
        Settings settings = read(Map.of(
                "ROOST_MCP_ISSUER", "http://localhost:9000",
                "ROOST_MCP_RESOURCE", "http://127.0.0.1:3001/mcp"));
        assertThat(settings.mcp().resource().orElseThrow().metadataUrl())
                .hasToString("http://127.0.0.1:3001/.well-known/oauth-protected-resource/mcp");
    }

    @Test
    void refusesHalfAnAuthorizationServer() {
        assertThatThrownBy(() -> read(Map.of("ROOST_MCP_ISSUER", "https://login.example")))
                .hasMessage("ROOST_MCP_RESOURCE is not set (but ROOST_MCP_ISSUER is; set both, or neither); allowed: "
                        + Setting.ROOST_MCP_RESOURCE.allowed());
        assertThatThrownBy(() -> read(Map.of("ROOST_MCP_RESOURCE", "https://roost.example/mcp")))
                .hasMessageContaining("ROOST_MCP_ISSUER is not set (but ROOST_MCP_RESOURCE is; set both, or neither)");
    }

    @Test
    void saysWhatToDoAboutAnIssuerThatIsNotSafe() {
        assertThatThrownBy(() -> read(Map.of("ROOST_MCP_ISSUER", "https://ada:canary@login.example")))
                .hasMessageContaining("ROOST_MCP_ISSUER is \"https://***@login.example\" (")
                .hasMessageContaining("take the issuer from the authorization server's own metadata")
                .message()
                .doesNotContain("canary");
        assertThatThrownBy(() -> read(Map.of("ROOST_MCP_RESOURCE", "https://roost.example/api")))
                .hasMessageContaining("set the address that they use, as in https://roost.example.com/mcp");
    }

    @Test
    void refusesUnknownNamesWithTheNearestOne() throws IOException {
        Path file = file("PROT=4000");
        assertThatThrownBy(() -> read(Map.of("ROOST_DATAS", "x", "ROOST_CONFIG", file.toString())))
                .hasMessageContaining("no setting \"ROOST_DATAS\"; did you mean ROOST_DATA?")
                .hasMessageContaining(file + " line 1: there is no setting \"PROT\"; did you mean PORT?");
    }

    @Test
    void leavesOtherVariablesAlone() {
        assertThat(read(Map.of("TWITTER_BEARER_TOKEN", "x", "PATH", "/bin")).port())
                .isEqualTo(3001);
    }

    @Test
    void readsTheFileAndLetsTheEnvironmentWin() throws IOException {
        file("# comment", "", "PORT = 4000", "ROOST_NODE=filed");
        Settings settings = read(Map.of("PORT", "5000"));
        assertThat(settings.port()).isEqualTo(5000);
        assertThat(settings.node()).isEqualTo("filed");
        assertThat(settings.effective())
                .contains(new Settings.Effective(Setting.PORT, "5000", new Origin.Environment(true)))
                .contains(new Settings.Effective(
                        Setting.ROOST_NODE, "filed", new Origin.File(folder.resolve("roost.properties"))));
    }

    @Test
    void refusesAFileThatIsNotOneOrContradictsItself() throws IOException {
        file("PORT=4000", "PORT=5000", "just words", "ROOST_CONFIG=x");
        assertThatThrownBy(() -> read(Map.of()))
                .hasMessageContaining("line 2: PORT is set a second time")
                .hasMessageContaining("line 3 is no setting")
                .hasMessageContaining("no setting \"ROOST_CONFIG\"");
        assertThatThrownBy(() -> read(Map.of("ROOST_CONFIG", "/does/not/exist")))
                .hasMessageContaining("the settings file /does/not/exist cannot be read");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h/db?user=ada&password=canary&sslmode=require,jdbc:postgresql://h/db?user=***&password=***&sslmode=require",
        "postgresql://ada:can@ary@h/db,postgresql://***@h/db",
        "ada:canary@h/db,***"
    })
    void masksTheDatabaseUrl(String url, String shown) {
        assertThat(Mask.shown(Setting.ROOST_DATABASE_URL, url)).isEqualTo(shown).doesNotContain("ary");
    }

    @Test
    void isDocumentedSettingBySetting() throws IOException {
        StringBuilder table = new StringBuilder("| name | is | default | allowed |\n| --- | --- | --- | --- |\n");
        for (Setting setting : Setting.values()) {
            table.append("| `%s` | %s | %s | %s |\n"
                    .formatted(setting, setting.meaning(), setting.standard(), setting.allowed()));
        }
        assertThat(Files.readString(Path.of("../docs/settings.md")))
                .as("docs/settings.md holds this table, made from Setting.java")
                .contains(table);
    }

    private Settings read(Map<String, String> set) {
        Map<String, String> environment = new HashMap<>(set);
        environment.putIfAbsent("ROOST_DATA", folder.toString());
        return Settings.read(environment);
    }

    private Path file(String... lines) throws IOException {
        return Files.writeString(folder.resolve("roost.properties"), String.join("\n", lines));
    }
}
