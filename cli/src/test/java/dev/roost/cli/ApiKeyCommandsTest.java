package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.cli.TestTerminal.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ApiKeyCommandsTest extends AtTerminal {
    private static final String FORM = "roost_[0-9a-z]{10}_[0-9A-Za-z]{43}";
    private static final int ID_AT = "roost_".length();
    private static final int ID_LENGTH = 10;

    @Test
    void createsListsAndRevokesWithoutAnAppAndWithoutX() {
        terminal.x().close();
        withoutApp();
        assertThat(terminal.run("api-key", "list").out()).contains("no API key", "roost api-key create");
        Run made = create("--name", "night job", "--scope", "x:read,token:read", "--rate-limit", "60");
        assertThat(made.exit()).isZero();
        assertThat(made.out().strip()).matches(FORM);
        String id = idOf(made);
        assertThat(made.err()).contains(id, "shown this once", "like a password");
        Run listed = terminal.run("api-key", "list");
        assertThat(listed.out())
                .contains(id + "  night job", "scopes: token:read, x:read; 60 requests a minute", "accounts: all")
                .doesNotContain("revoked");
        assertThat(terminal.run("api-key", "revoke", id).out()).contains("The key " + id + " (night job) is revoked");
        assertThat(terminal.run("api-key", "list").out()).contains(", revoked 20");
        assertThat(terminal.run("api-key", "revoke", id).exit()).isZero();
    }

    @Test
    void speaksJson() {
        String account = terminal.connect("1001");
        JsonNode made =
                json(create("--name", "job", "--scope", "x:write", "--scope", "admin", "--account", "@ada", "--json"));
        assertThat(made.propertyNames())
                .containsExactly("id", "apiKey", "name", "scopes", "accounts", "requestsPerMinute", "createdAt");
        assertThat(made.get("apiKey").asString())
                .matches(FORM)
                .contains(made.get("id").asString());
        assertThat(made.get("scopes").toString()).isEqualTo("[\"x:write\",\"admin\"]");
        assertThat(made.get("accounts").toString()).isEqualTo("[\"" + account + "\"]");
        assertThat(made.get("requestsPerMinute").asInt()).isZero();
        JsonNode listed = json(terminal.run("api-key", "list", "--json")).get(0);
        assertThat(listed.propertyNames())
                .containsExactly("id", "name", "scopes", "accounts", "requestsPerMinute", "createdAt", "revokedAt");
        assertThat(listed.get("revokedAt").isNull()).isTrue();
        assertThat(listed.get("createdAt")).isEqualTo(made.get("createdAt"));
        JsonNode revoked = json(terminal.run("api-key", "revoke", made.get("id").asString(), "--json"));
        assertThat(revoked.get("status").asString()).isEqualTo("revoked");
        assertThat(json(terminal.run("api-key", "list", "--json")).get(0).get("revokedAt"))
                .isEqualTo(revoked.get("revokedAt"));
    }

    @Test
    void findsAccountsByAnyNameAndWithoutAnAppToo() {
        String ada = terminal.connect("1001");
        String grace = terminal.connect("1002");
        List<String> all = List.of("--name", "x", "--scope", "admin", "--account", ada, "--account", "1002", "--json");
        assertThat(create(all.toArray(String[]::new)).out()).contains(ada, grace);
        withoutApp();
        assertThat(create(all.toArray(String[]::new)).out()).contains(ada, grace);
        Run unknown = create("--name", "x", "--scope", "admin", "--account", "@nobody");
        assertThat(unknown.exit()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(unknown.err()).contains("no account \"@nobody\"; see: roost accounts list");
        Run gone = create("--name", "x", "--scope", "admin", "--account", "acc_00000000000000000000");
        assertThat(gone.exit()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(json(terminal.run("api-key", "list", "--json")).size()).isEqualTo(2);
    }

    @Test
    void asksForTheAppWhenANameCouldBeOfSeveral() {
        String id = terminal.connect("1001");
        terminal.set("TWITTER_CLIENT_ID", "other");
        terminal.connect("1001");
        withoutApp();
        Run run = create("--name", "x", "--scope", "admin", "--account", "@ada");
        assertThat(run.exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(run.err().replaceAll("\\s+", " "))
                .contains("--account @ada could be an account of several apps", "other, shop", "set TWITTER_CLIENT_ID");
        assertThat(create("--name", "x", "--scope", "admin", "--account", id).exit())
                .isZero();
    }

    @Test
    void saysWhatIsWrongAndWhatIsAllowed() {
        Run scope = create("--name", "x", "--scope", "x:read,post");
        assertThat(scope.exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(scope.err().replaceAll("\\s+", " "))
                .contains(
                        "no key scope \"post\"; allowed: accounts:read, accounts:write, token:read, x:read, x:write, admin");
        assertThat(create("--name", "", "--scope", "admin").err()).contains("allowed: 1 to 60");
        assertThat(create("--name", "x", "--scope", "admin", "--rate-limit=-1").err())
                .contains("requests per minute are -1; allowed: 1 or more, or 0");
        assertThat(create("--name", "x").err()).contains("--scope");
        assertThat(json(terminal.run("api-key", "list", "--json")).size()).isZero();
        Run revoke = terminal.run("api-key", "revoke", "0000000000");
        assertThat(revoke.exit()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(revoke.err()).contains("no API key 0000000000; see: roost api-key list");
    }

    @Test
    void neverRepeatsAKeyThatWasGivenForItsId() {
        String key = create("--name", "x", "--scope", "admin").out().strip();
        Run run = terminal.run("api-key", "revoke", key);
        assertThat(run.exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(run.err()).contains("no key id", "process lists").doesNotContain(key.substring(ID_AT + ID_LENGTH));
    }

    /** No server runs here, so no file is read that SQLite has open in this process. */
    @Test
    void keepsTheSecretOutOfLogsListsAndFiles() throws IOException {
        terminal.set("LOG_LEVEL", "DEBUG");
        Run made = create("--name", "canary", "--scope", "admin");
        String key = made.out().strip();
        String secret = key.substring(ID_AT + ID_LENGTH + 1);
        terminal.run("api-key", "list");
        terminal.run("api-key", "list", "--json");
        terminal.run("api-key", "revoke", idOf(made), "--json");
        String printed = terminal.runs().stream()
                .map(run -> run.equals(made) ? run.err() : run.out() + run.err())
                .collect(Collectors.joining());
        assertThat(printed).contains("canary").doesNotContain(secret.substring(0, 8));
        try (Stream<Path> files = Files.walk(data)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).contains(data.resolve("roost.db"));
            for (Path file : all) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(content.contains(secret.substring(0, 8)))
                        .as("the secret shows in %s", file)
                        .isFalse();
            }
        }
    }

    private Run create(String... options) {
        return terminal.run(Stream.concat(Stream.of("api-key", "create"), Stream.of(options))
                .toArray(String[]::new));
    }

    private void withoutApp() {
        terminal.unset("TWITTER_CLIENT_ID");
        terminal.unset("TWITTER_CLIENT_SECRET");
    }

    private static String idOf(Run made) {
        return made.out().substring(ID_AT, ID_AT + ID_LENGTH);
    }

    private static JsonNode json(Run run) {
        return JsonMapper.shared().readTree(run.out());
    }
}
