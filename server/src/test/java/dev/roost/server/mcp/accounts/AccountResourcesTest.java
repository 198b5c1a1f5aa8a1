package dev.roost.server.mcp.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.Account;
import dev.roost.core.access.KeyScope;
import dev.roost.mcp.catalog.Completer;
import dev.roost.mcp.catalog.McpException;
import dev.roost.mcp.catalog.ResourceContent;
import dev.roost.mcp.catalog.ResourceNotFoundException;
import dev.roost.mcp.catalog.ResourceOutcome;
import dev.roost.mcp.catalog.ResourceTemplate;
import dev.roost.mcp.catalog.ScopeMissingException;
import dev.roost.server.TestServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class AccountResourcesTest {
    private static final TestCall READER = TestCall.of(KeyScope.ACCOUNTS_READ, KeyScope.X_READ);

    private final Stage stage = new Stage();
    private Account ada;
    private Account grace;

    @BeforeEach
    void connect() {
        ada = stage.server.connect(TestServer.ADA);
        grace = stage.server.connect(TestServer.GRACE);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private static String text(ResourceOutcome outcome) {
        return ((ResourceContent.Text)
                        ((ResourceOutcome.Contents) outcome).all().getFirst())
                .text();
    }

    private String read(String uri, TestCall call) {
        return text(Stage.done(() -> stage.catalog.resources().stream()
                .filter(resource -> resource.uri().equals(uri))
                .findFirst()
                .orElseThrow()
                .body()
                .read(call)));
    }

    private String readAccount(String end, String name, TestCall call) {
        return text(Stage.done(
                () -> template(end).body().read("roost://accounts/" + name + end, Map.of("account", name), call)));
    }

    private ResourceTemplate template(String end) {
        return stage.catalog.templates().stream()
                .filter(known -> known.uriTemplate().equals("roost://accounts/{account}" + end))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theListShowsTheAccountsThatThePrincipalMayUse() {
        JsonNode all = JsonMapper.shared().readTree(read("roost://accounts", READER));
        assertThat(all.path("accounts")).hasSize(2);
        String some = read("roost://accounts", READER.only(grace.id()));
        assertThat(some).contains("grace").doesNotContain("ada").contains("\"state\":\"active\"");
    }

    @Test
    void anAccountAndItsProfileAreReadByAnyName() {
        assertThat(readAccount("", "@ada", READER)).contains(ada.id().value()).contains("\"events\"");
        assertThat(readAccount("/profile", ada.id().value(), READER)).contains("\"username\":\"ada\"");
    }

    @Test
    void whatIsNotThereAndWhatIsNotCoveredIsNotFound() {
        assertThatThrownBy(() -> readAccount("", "@nobody", READER))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("@nobody");
        assertThatThrownBy(() -> readAccount("", "@ada", READER.only(grace.id())))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("may not use this account");
        assertThatThrownBy(() -> readAccount("", " ", READER))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("names no account");
        assertThatThrownBy(() -> readAccount("/profile", "@ada", TestCall.of(KeyScope.ACCOUNTS_READ)))
                .isInstanceOf(ScopeMissingException.class)
                .hasMessageContaining("x:read");
    }

    @Test
    void readingNeverSendsAPersonToX() {
        stage.server.simulator().revoke(TestServer.ADA);
        stage.server.advance(Duration.ofHours(3));
        assertThatThrownBy(() -> readAccount("/profile", "@ada", READER.openingUrls()))
                .isInstanceOf(McpException.class)
                .hasMessageContaining("needs_reauthorization");
        assertThat(readAccount("", "@ada", READER)).contains("needs_reauthorization");
    }

    @Test
    void completesOnlyAccountsThatThePrincipalMayUse() {
        Completer completer = template("").completers().values().iterator().next();
        assertThat(completer.propose("", Map.of(), READER.principal())).containsExactlyInAnyOrder("@ada", "@grace");
        assertThat(completer.propose("@A", Map.of(), READER.principal())).containsExactly("@ada");
        assertThat(completer.propose("gr", Map.of(), READER.principal())).containsExactly("@grace");
        assertThat(completer.propose("acc_", Map.of(), READER.principal()))
                .containsExactlyInAnyOrder(ada.id().value(), grace.id().value());
        assertThat(completer.propose("", Map.of(), READER.only(grace.id()).principal()))
                .containsExactly("@grace");
        assertThat(completer.propose("", Map.of(), TestCall.of(KeyScope.X_READ).principal()))
                .isEmpty();
    }

    @Test
    void theGuideExplainsEveryCodeInATable() {
        String guide = read("roost://guide/errors", TestCall.of(KeyScope.X_READ));
        assertThat(guide)
                .startsWith("# ")
                .contains("| `needs_reauthorization` |")
                .contains("| `outcome_unknown` |");
        assertThat(ErrorGuide.entries()).allSatisfy(entry -> assertThat(guide).contains("`" + entry.code() + "`"));
    }
}
