package dev.roost.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The controls under {@code /_sim}. */
final class ControlTest {

    @AutoClose
    private final Simulator simulator = Browser.simulatorWithPeople();

    @AutoClose
    private final Browser browser = new Browser(simulator);

    private HttpResponse<String> post(String path, String body) {
        HttpResponse<String> answer = browser.postJson(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    @Test
    void listsOnlyControlsThatExist() {
        for (String control :
                List.copyOf(Browser.json(browser.get("/_sim")).path("controls").propertyNames())) {
            String[] parts = control.split(" ", 2);
            HttpResponse<String> answer =
                    parts[0].equals("GET") ? browser.get(parts[1]) : browser.postJson(bare(parts[1]), "{}");
            assertThat(answer.statusCode()).as(control).isNotEqualTo(404);
        }
    }

    private static String bare(String pattern) {
        return pattern.replace("{clientId}", "public");
    }

    @Test
    void addsPeopleAndMintsAGrant() {
        post("/_sim/users", "{\"id\":\"1003\",\"username\":\"alan\"}");
        post("/_sim/apps", "{\"clientId\":\"a\",\"clientSecret\":\"s\",\"redirectUris\":[\"http://127.0.0.1/cb\"]}");
        HttpResponse<String> pair = post(
                "/_sim/issue", "{\"clientId\":\"a\",\"userId\":\"1003\",\"scopes\":[\"tweet.read\",\"users.read\"]}");
        assertThat(browser.me(Browser.field(pair, "accessToken")).body()).contains("alan");
        assertThat(browser.get("/_sim/users").body()).contains("alan");
        assertThat(browser.get("/_sim/apps").body())
                .contains("http://127.0.0.1/cb")
                .doesNotContain("\"s\"");
        post("/_sim/revoke", "{\"userId\":\"1003\"}");
        assertThat(browser.me(Browser.field(pair, "accessToken")).statusCode()).isEqualTo(401);
    }

    @Test
    void changesASecret() {
        IssuedPair pair = simulator.issue("public", "1001");
        post("/_sim/apps/public/secret", "{\"clientSecret\":\"new\"}");
        assertThat(browser.refresh(pair.refreshToken()).statusCode()).isEqualTo(401);
        post("/_sim/apps/public/secret", "{}");
        assertThat(browser.refresh(pair.refreshToken()).statusCode()).isEqualTo(200);
    }

    @Test
    void turnsTheClock() {
        Instant before = simulator.now();
        post("/_sim/clock", "{\"advance\":\"PT2H\"}");
        assertThat(simulator.now()).isAfterOrEqualTo(before.plus(Duration.ofHours(2)));
        assertThat(browser.get("/_sim/clock").body()).contains("\"now\":\"");
    }

    @Test
    void queuesFaultsAndListsThem() {
        post("/_sim/faults", "{\"endpoint\":\"TOKEN\",\"kind\":\"STATUS_429\",\"time\":\"PT7S\"}");
        assertThat(browser.get("/_sim/faults").body())
                .contains("{\"endpoint\":\"TOKEN\",\"kind\":\"STATUS_429\",\"time\":\"PT7S\"}")
                .contains("LOSE_ANSWER");
        assertThat(browser.refresh("junk").headers().firstValue("Retry-After")).hasValue("7");
        assertThat(post("/_sim/release", "").body()).isEqualTo("{\"released\":0}");
    }

    @Test
    void setsSwitches() {
        post("/_sim/switches", "{\"familyKill\":true,\"oldAccessDies\":true,\"graceWindow\":\"PT30S\"}");
        post("/_sim/switches", "{\"tokenLifetime\":\"PT1M\",\"refreshLifetime\":\"PT24H\"}");
        post(
                "/_sim/switches",
                "{\"likesForbidden\":false,\"repliesOnlyWhenSummoned\":true,\"mediaProcessingFails\":true,"
                        + "\"equalTextsTaken\":true}");
        post("/_sim/switches", "{\"postsPerDayOfUser\":100,\"postsPerDayOfApp\":5000}");
        assertThat(browser.get("/_sim/switches").body())
                .isEqualTo("{\"familyKill\":true,\"oldAccessDies\":true,\"graceWindow\":\"PT30S\","
                        + "\"tokenLifetime\":\"PT1M\",\"refreshLifetime\":\"PT24H\",\"likesForbidden\":false,"
                        + "\"repliesOnlyWhenSummoned\":true,\"mediaProcessingFails\":true,"
                        + "\"equalTextsTaken\":true,\"postsPerDayOfUser\":100,\"postsPerDayOfApp\":5000}");
        assertThat(simulator.switches().familyKill()).isTrue();
    }

    @Test
    void showsTheLedger() {
        IssuedPair pair = simulator.issue("public", "1001");
        browser.refresh(pair.refreshToken());
        browser.postJson("/2/tweets", "{\"text\":\"hi\"}", "Authorization", "Bearer " + pair.accessToken());
        JsonNode ledger = Browser.json(browser.get("/_sim/ledger"));
        assertThat(ledger.path("rotations").intValue()).isEqualTo(1);
        assertThat(ledger.path("tokens").path(1).path("spentBy").intValue()).isEqualTo(1);
        assertThat(ledger.path("tokens").path(3).path("parent").asString()).isEqualTo(pair.refreshToken());
        assertThat(ledger.path("requests").path(0).path("outcome").asString()).isEqualTo("ROTATED");
        assertThat(ledger.path("tweets").path(0).path("text").asString()).isEqualTo("hi");
        assertThat(browser.get("/_sim/tweets").body()).contains("\"text\":\"hi\"");
        assertThat(ledger.path("media").isArray()).isTrue();
    }

    @Test
    void addsPostsOfOthers() {
        String id = Browser.field(post("/_sim/tweets", "{\"user\":\"grace\",\"text\":\"Hello @ada\"}"), "id");
        post("/_sim/tweets", "{\"user\":\"1001\",\"text\":\"Hi\",\"replyTo\":\"" + id + "\"}");
        assertThat(browser.get("/_sim/tweets").body())
                .contains("\"conversationId\":\"" + id + "\",\"replyTo\":\"" + id + "\"");
        assertThat(simulator.addReply("grace", "Again", id).links().replyTo()).hasValue(id);
        assertThat(simulator.addPost("grace", "Again").conversationId()).isNotEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/_sim/users | {\"id\":\"x\",\"username\":\"ada\"} | 1 to 19 digits",
                "/_sim/users | {\"id\":\"1001\",\"username\":\"new\"} | exists already",
                "/_sim/users | nonsense | not a JSON object",
                "/_sim/apps | {\"clientId\":\"public\"} | exists already",
                "/_sim/apps | {} | field 'clientId'",
                "/_sim/apps/nobody/secret | {} | no app 'nobody'",
                "/_sim/clock | {\"advance\":\"soon\"} | PT2H",
                "/_sim/clock | {\"advance\":\"PT-2H\"} | zero or more",
                "/_sim/faults | {\"endpoint\":\"TOKEN\",\"kind\":\"EAT\"} | LOSE_ANSWER",
                "/_sim/faults | {\"endpoint\":\"MOON\",\"kind\":\"REFUSE\"} | USERS_ME",
                "/_sim/switches | {\"light\":true} | no switch 'light'",
                "/_sim/switches | {\"familyKill\":1} | true or false",
                "/_sim/issue | {\"clientId\":\"public\",\"userId\":\"7\"} | no user '7'",
                "/_sim/issue | {\"clientId\":\"public\",\"userId\":\"1001\",\"scopes\":[\"fly\"]} | [fly]",
                "/_sim/tweets | {\"user\":\"nobody\",\"text\":\"hi\"} | no user 'nobody'",
                "/_sim/tweets | {\"user\":\"ada\",\"text\":\"hi\",\"replyTo\":\"7\"} | no post '7'",
                "/_sim/tweets | {\"user\":\"ada\",\"text\":\"hi\",\"reply_to\":\"7\"} | user, text, replyTo",
                "/_sim/revoke | {\"userId\":\"7\"} | [1001, 1002]"
            })
    void saysWhatIsAllowed(String path, String body, String hint) {
        HttpResponse<String> answer = browser.postJson(path, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Browser.field(answer, "error")).contains(hint).contains("; ");
    }

    @Test
    void pointsToTheIndexFromUnknownControls() {
        HttpResponse<String> answer = browser.get("/_sim/nothing");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Browser.field(answer, "error")).contains("GET /_sim");
    }
}
