package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.simulator.Simulator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code roost mcp} as agents start it: a process with an input, an output and an end. */
@Timeout(120)
final class StdioProcessTest {
    private static final String NO_SUCH = "no such token";

    @TempDir
    private Path data;

    @Test
    void standardOutputCarriesTheProtocolOnlyAndAllRequestsAreAnsweredAfterTheEnd() {
        try (Simulator x = Simulator.start();
                StdioAgent agent = StdioAgent.process(
                        ChattyMain.class,
                        Map.of("ROOST_X_API_URL", x.uri().toString(), "ROOST_DATA", data.toString()))) {
            agent.line("{\"jsonrpc\":\"2.0\",\"id\":\"i\",\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                    + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}");
            agent.line("this is not JSON");
            List<Integer> asked = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                asked.add(agent.askTool(
                        "twitter_search_tweets", "{'twitter_access_token':'" + NO_SUCH + "','query':'birds'}"));
                asked.add(agent.askModern("tools/list", StdioAgent.json("{}"), "{}"));
            }
            assertThat(agent.end()).isZero();
            List<JsonNode> answers =
                    agent.all().stream().map(JsonMapper.shared()::readTree).toList();
            assertThat(answers).hasSize(12).allMatch(answer -> answer.has("result") || answer.has("error"));
            assertThat(answers.stream().map(answer -> answer.path("id").asInt(-1)))
                    .containsAll(asked);
            assertThat(agent.err()).contains(ChattyMain.NOISE).doesNotContain("Exception");
            assertThat(data).isEmptyDirectory();
        }
    }

    @Test
    void anAgentConnectsAnAccountByALinkAndPosts() {
        try (TestTerminal terminal = new TestTerminal(data);
                StdioAgent agent = StdioAgent.process(Main.class, terminal.environment())) {
            JsonNode welcome = agent.initialize("2025-11-25", "{}");
            assertThat(welcome.path("instructions").asString()).contains("twitter_list_accounts");
            assertThat(agent.content("twitter_list_accounts", "{}").path("accounts"))
                    .isEmpty();
            JsonNode pending = agent.content("twitter_connect_account", "{}");
            agrees(terminal, pending.path("signInUrl").asString());
            JsonNode connected = agent.content(
                    "twitter_connect_account",
                    "{'continue':'" + pending.path("continue").asString() + "'}");
            assertThat(connected.at("/account/username").asString()).isEqualTo("ada");
            JsonNode posted = agent.content("twitter_post_tweet", "{'account':'@ada','text':'Grüße 😀'}");
            assertThat(posted.at("/data/text").asString()).isEqualTo("Grüße 😀");
            assertThat(terminal.x().ledger().posts()).hasSize(1);
            assertThat(agent.end()).isZero();
            assertThat(agent.err()).isEmpty();
        }
    }

    private static void agrees(TestTerminal terminal, String url) {
        TestPerson ada = TestPerson.agreeing("1001");
        assertThat(ada.open(java.net.URI.create(url))).isTrue();
        assertThat(ada.seen().statusCode()).as(ada.seen().body()).isEqualTo(200);
        assertThat(terminal.x().ledger().tokensOf("1001")).isNotEmpty();
    }

    @Test
    void twoProcessesKeepTheSameAccountsAndTheOneReceivesTheSignInOfTheOther() {
        try (TestTerminal terminal = new TestTerminal(data);
                StdioAgent first = StdioAgent.process(Main.class, terminal.environment());
                StdioAgent second = StdioAgent.process(Main.class, terminal.environment())) {
            first.initialize("2025-11-25", "{}");
            second.initialize("2025-06-18", "{'elicitation':{'url':{}}}");
            JsonNode pending = first.content("twitter_connect_account", "{}");
            int call = second.askTool("twitter_connect_account", "{}");
            JsonNode asked =
                    second.next(message -> message.path("method").asString("").equals("elicitation/create"));
            second.line(accepting(asked).toString());
            agrees(terminal, asked.at("/params/url").asString());
            assertThat(second.answer(call)
                            .at("/result/structuredContent/account/username")
                            .asString())
                    .isEqualTo("ada");
            assertThat(first.content("twitter_list_accounts", "{}")
                            .at("/accounts/0/username")
                            .asString())
                    .isEqualTo("ada");
            assertThat(pending.path("status").asString()).isEqualTo("pending");
            int one = first.askTool("twitter_refresh_token", "{'account':'@ada'}");
            int other = second.askTool("twitter_refresh_token", "{'account':'@ada'}");
            assertThat(first.answer(one).at("/result/isError").asBoolean(true)).isFalse();
            assertThat(second.answer(other).at("/result/isError").asBoolean(true))
                    .isFalse();
            assertThat(terminal.x().ledger().overlapping()).isEmpty();
            assertThat(List.of(first.end(), second.end())).containsOnly(0);
        }
    }

    private static ObjectNode accepting(JsonNode asked) {
        ObjectNode answer = StdioAgent.json("{'jsonrpc':'2.0','result':{'action':'accept'}}");
        answer.set("id", asked.path("id"));
        return answer;
    }

    @Test
    void badOptionsAndSettingsEndItWithTwoAndAWordOnStandardError() {
        refused(Map.of(), "there is no family of tools \"nosuch\"", "--tools", "stateless,nosuch");
        refused(Map.of("ROOST_MCP_TOOLS", "everything"), "ROOST_MCP_TOOLS");
        refused(Map.of("ROOST_X_API_URL", "nowhere"), "ROOST_X_API_URL");
        refused(Map.of(), "--no-such-option", "--no-such-option");
    }

    private static void refused(Map<String, String> environment, String words, String... options) {
        try (StdioAgent agent = StdioAgent.inside(environment, options)) {
            assertThat(agent.end()).isEqualTo(ExitCode.SETTINGS);
            assertThat(agent.all()).isEmpty();
            assertThat(agent.err()).contains(words);
        }
    }
}
