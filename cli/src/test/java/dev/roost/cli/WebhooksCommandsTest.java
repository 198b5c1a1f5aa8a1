package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.cli.TestTerminal.Run;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class WebhooksCommandsTest extends AtTerminal {
    private static final String URL = "https://hooks.example.com/services/canary-path";

    @Test
    void addsListsTestsRotatesAndRemoves() {
        terminal.x().close();
        assertThat(terminal.run("webhooks", "list").out()).contains("sent nowhere", "roost webhooks add");
        Run made = terminal.run("webhooks", "add", URL, "--type", "grant.lost,test", "--description", "on call");
        assertThat(made.exit()).isZero();
        assertThat(made.out().strip()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(made.err()).contains("shown this", "roost webhooks test");
        Run listed = terminal.run("webhooks", "list");
        assertThat(listed.out())
                .contains(
                        "https://hooks.example.com/… (on call)", "sends: grant.lost, test (standard)", "ok; 0 waiting")
                .doesNotContain("canary-path", made.out().strip());
        assertThat(listed.out().lines()).allMatch(line -> line.length() <= 80);
        String id = listed.out().substring(0, "wh_".length() + 12);
        assertThat(terminal.run("webhooks", "test", id).out()).contains("running server");
        assertThat(terminal.run("webhooks", "list").out()).contains("1 waiting");
        Run rotated = terminal.run("webhooks", "rotate", id, "--overlap", "PT2H");
        assertThat(rotated.out().strip())
                .startsWith("whsec_")
                .isNotEqualTo(made.out().strip());
        assertThat(rotated.err()).contains("2 h 0 min");
        assertThat(terminal.run("webhooks", "enable", id).out()).contains("in use");
        assertThat(terminal.run("webhooks", "failed").out()).contains("Nothing was given up");
        assertThat(terminal.run("webhooks", "retry", "--all").out()).contains("Nothing is sent again");
        assertThat(terminal.run("webhooks", "remove", id).out()).contains("removed");
        Run gone = terminal.run("webhooks", "remove", id);
        assertThat(gone.exit()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(gone.err()).contains("there is no webhook " + id, "roost webhooks list");
    }

    @Test
    void speaksJson() {
        JsonNode made = json(terminal.run("webhooks", "add", URL, "--format", "slack", "--json"));
        assertThat(made.at("/webhook/format").asString()).isEqualTo("slack");
        assertThat(made.path("secret").asString()).startsWith("whsec_");
        String id = made.at("/webhook/id").asString();
        assertThat(json(terminal.run("webhooks", "list", "--json")).at("/0/id").asString())
                .isEqualTo(id);
        assertThat(json(terminal.run("webhooks", "test", id, "--json"))
                        .path("status")
                        .asString())
                .isEqualTo("waiting");
        assertThat(json(terminal.run("webhooks", "failed", "--json")).size()).isZero();
        assertThat(json(terminal.run("webhooks", "retry", "--webhook", id, "--json"))
                        .path("retried")
                        .asInt())
                .isZero();
    }

    @Test
    void saysWhatIsAllowedAndRepeatsNoAddress() {
        for (String url : new String[] {"http://hooks.example.com/canary", "https://10.0.0.1/canary", "canary"}) {
            Run run = terminal.run("webhooks", "add", url);
            assertThat(run.exit()).isEqualTo(ExitCode.SETTINGS);
            assertThat(run.err().replaceAll("\\s+", " "))
                    .contains("allowed: https with a public host", "ROOST_WEBHOOKS_ALLOW")
                    .doesNotContain("canary");
        }
        assertThat(terminal.run("webhooks", "add", URL, "--type", "lost").err().replaceAll("\\s+", " "))
                .contains("allowed: account.connected");
        assertThat(terminal.run("webhooks", "add", URL, "--format", "teams").err())
                .contains("allowed: standard, slack");
        Run test = terminal.run("webhooks", "test", "whsec_canary");
        assertThat(test.exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(test.err()).contains("no id of a webhook").doesNotContain("canary");
        terminal.set("ROOST_WEBHOOKS_ALLOW", "10.0.0.0/8");
        assertThat(terminal.run("webhooks", "add", "https://10.0.0.1/x").exit()).isZero();
    }

    private static JsonNode json(Run run) {
        return JsonMapper.shared().readTree(run.out());
    }
}
