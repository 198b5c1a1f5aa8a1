package dev.roost.server.mcp.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.Account;
import dev.roost.core.AccountState;
import dev.roost.core.access.KeyScope;
import dev.roost.mcp.catalog.Catalog;
import dev.roost.mcp.catalog.Changes.Change;
import dev.roost.mcp.catalog.ScopeMissingException;
import dev.roost.mcp.catalog.Tool;
import dev.roost.server.TestServer;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import dev.roost.testkit.MemoryStore;
import dev.roost.x.Tweet.LengthCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class AccountFamilyTest {
    private static final TestCall READER = TestCall.of(KeyScope.ACCOUNTS_READ);
    private static final TestCall WRITER = TestCall.of(KeyScope.ACCOUNTS_WRITE);

    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void listsAccountsPageByPageWithWhatToDoNext() {
        assertThat(stage.ok("twitter_list_accounts", "{}", READER).path("accounts"))
                .isEmpty();
        stage.server.connect(TestServer.ADA);
        stage.server.connect(TestServer.GRACE);
        JsonNode first = stage.ok("twitter_list_accounts", "{'limit':1}", READER);
        assertThat(first.path("accounts")).hasSize(1);
        JsonNode second = stage.ok(
                "twitter_list_accounts",
                "{'limit':1,'cursor':'" + first.path("nextCursor").asString() + "'}",
                READER);
        assertThat(second.has("nextCursor")).isFalse();
        List<String> names = List.of(
                first.at("/accounts/0/username").asString(),
                second.at("/accounts/0/username").asString());
        assertThat(names).containsExactlyInAnyOrder("ada", "grace");
        assertThat(first.at("/accounts/0/next").asString()).contains("Nothing").contains("refreshes it by itself");
        assertThat(stage.ok("twitter_list_accounts", "{'state':'disconnected'}", READER)
                        .path("accounts"))
                .isEmpty();
        JsonNode wrong = stage.error("twitter_list_accounts", "{'cursor':'junk'}", READER);
        assertThat(wrong.path("error").asString()).contains("\"cursor\"").contains("to the letter");
    }

    @ParameterizedTest
    @CsvSource({"@ada", "ada", "1001"})
    void showsStateExpiryScopesAndEventsOfAnAccountByAnyName(String name) {
        Account account = stage.server.connect(TestServer.ADA);
        JsonNode status = stage.ok("twitter_account_status", "{'account':'" + name + "'}", READER);
        assertThat(status.at("/account/id").asString()).isEqualTo(account.id().value());
        assertThat(status.at("/account/state").asString()).isEqualTo("active");
        assertThat(status.at("/account/accessExpiresAt").asString()).endsWith("Z");
        assertThat(status.at("/account/scopes").toString()).contains("tweet.read");
        assertThat(status.at("/events/0/kind").asString()).isEqualTo("connected");
    }

    @Test
    void takesTheOnlyAccountWhenNoneIsNamedAndAsksWhenThereAreSeveral() {
        JsonNode none = stage.error("twitter_account_status", "{}", READER);
        assertThat(none.path("code").asString()).isEqualTo("account_missing");
        assertThat(none.path("next").asString()).contains("twitter_connect_account");
        stage.server.connect(TestServer.ADA);
        assertThat(stage.ok("twitter_account_status", "{'account':''}", READER)
                        .at("/account/username")
                        .asString())
                .isEqualTo("ada");
        Account grace = stage.server.connect(TestServer.GRACE);
        JsonNode several = stage.error("twitter_account_status", "{}", READER);
        assertThat(several.path("error").asString()).contains("@ada").contains("@grace");
        assertThat(stage.ok("twitter_account_status", "{}", READER.only(grace.id()))
                        .at("/account/username")
                        .asString())
                .isEqualTo("grace");
    }

    @Test
    void saysWhatIsAllowedWhenThereIsNoSuchAccount() {
        JsonNode error = stage.error("twitter_account_status", "{'account':'@nobody'}", READER);
        assertThat(error.path("code").asString()).isEqualTo("account_not_found");
        assertThat(error.path("error").asString()).contains("@nobody").contains("allowed: the id (acc_…)");
        assertThat(error.path("retryable").asBoolean()).isFalse();
    }

    @Test
    void aLimitedPrincipalLearnsNothingOfOtherAccounts() {
        stage.server.connect(TestServer.ADA);
        Account grace = stage.server.connect(TestServer.GRACE);
        TestCall limited = READER.only(grace.id());
        assertThat(stage.ok("twitter_list_accounts", "{}", limited).path("accounts"))
                .hasSize(1);
        JsonNode other = stage.error("twitter_account_status", "{'account':'@ada'}", limited);
        JsonNode nobody = stage.error("twitter_account_status", "{'account':'@nobody'}", limited);
        assertThat(other).isEqualTo(nobody);
        assertThat(other.path("code").asString()).isEqualTo("account_not_covered");
        assertThat(other.toString()).doesNotContain("ada");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "twitter_list_accounts, {}, accounts:read",
                "twitter_account_status, {}, accounts:read",
                "twitter_connect_account, {}, accounts:write",
                "twitter_disconnect_account, {'account':'@ada'}, accounts:write",
                "twitter_delete_tweet, {'tweet_id':'1'}, x:write",
                "twitter_like_tweet, {'tweet_id':'1'}, x:write",
                "twitter_retweet, {'tweet_id':'1'}, x:write",
                "twitter_upload_media, \"{'data':'AAAA','media_type':'image/png'}\", x:write",
                "twitter_get_mentions, {}, x:read",
                "twitter_get_tweet_metrics, {'tweet_id':'1'}, x:read",
                "twitter_get_profile, {}, x:read",
                "twitter_get_my_tweets, {}, x:read"
            })
    void needsTheScopeOfItsRoute(String tool, String arguments, String scope) {
        stage.server.connect(TestServer.ADA);
        TestCall without = TestCall.by(new TestCall.Who(
                "k123456789", EnumSet.complementOf(EnumSet.of(KeyScope.ADMIN, KeyScope.parse(scope))), Set.of(), true));
        assertThatThrownBy(() -> stage.call(tool, arguments, without))
                .isInstanceOf(ScopeMissingException.class)
                .hasMessageContaining(scope);
        assertThat(stage.server.audit().newest(1).getFirst().outcome()).isEqualTo("scope_missing");
    }

    @Test
    void disconnectsRevokesAndAnnouncesIt() {
        Account account = stage.server.connect(TestServer.ADA);
        List<Change> heard = new ArrayList<>();
        var _ = stage.changes.listen(heard::add);
        JsonNode gone = stage.ok("twitter_disconnect_account", "{'account':'@ada'}", WRITER);
        assertThat(gone.path("revokedAtX").asBoolean()).isTrue();
        assertThat(gone.path("state").asString()).isEqualTo("disconnected");
        assertThat(heard).contains(new Change.Content("roost://accounts/" + account.id()));
        JsonNode again = stage.error("twitter_disconnect_account", "{'account':'@ada'}", WRITER);
        assertThat(again.path("code").asString()).isEqualTo("account_disconnected");
        assertThat(again.path("next").asString()).contains("twitter_connect_account");
        assertThat(stage.ok("twitter_account_status", "{'account':'@ada'}", READER)
                        .at("/account/next")
                        .asString())
                .contains("twitter_connect_account");
    }

    @Test
    void everyCallIsInTheAuditTrail() {
        Account account = stage.server.connect(TestServer.ADA);
        stage.ok("twitter_account_status", "{}", READER);
        stage.error("twitter_account_status", "{'account':'@nobody'}", READER);
        assertThat(stage.server.audit().newest(10))
                .anySatisfy(entry -> {
                    assertThat(entry.key()).isEqualTo("k123456789");
                    assertThat(entry.account()).contains(account.id());
                    assertThat(entry.operation()).isEqualTo("mcp.accounts.read");
                    assertThat(entry.outcome()).isEqualTo("ok");
                })
                .anySatisfy(entry -> assertThat(entry.outcome()).isEqualTo("account_not_found"));
    }

    @Test
    void aStoreThatIsAwayIsSaidToBeAway() {
        stage.server.connect(TestServer.ADA);
        stage.server.store().outage(MemoryStore.Outage.BEFORE);
        JsonNode error = stage.error("twitter_account_status", "{'account':'@ada'}", READER);
        assertThat(error.path("code").asString()).isEqualTo("store_unavailable");
        assertThat(error.path("retryable").asBoolean()).isTrue();
        assertThat(error.path("retryAfterSeconds").asInt()).isPositive();
    }

    @Test
    void listingToolsOpensNothingAndAStoreThatCannotBeOpenedIsSaidToBeSo() {
        AccountTools closed = new AccountTools(new Means(
                () -> {
                    throw new ProblemException(
                            Problem.lasting(503, "store_refused", "the keyset is another's; mend it"));
                },
                SignInArrival.LISTENING,
                time -> {},
                stage.changes,
                LengthCheck.STANDARD,
                stage.server.door().guards().clock()));
        Catalog catalog = AgentCatalog.of(Stage.info(), Family.ALL, List.of(), Optional.of(closed), stage.changes);
        assertThat(catalog.tools()).hasSize(12);
        for (Tool tool : catalog.tools()) {
            JsonNode error = Stage.error(
                    Stage.done(() -> tool.body().call(JsonMapper.shared().createObjectNode(), TestCall.admin())));
            assertThat(error.path("code").asString()).isEqualTo("store_refused");
            assertThat(error.path("error").asString()).contains("the keyset is another's");
        }
        assertThat(closed.names().propose("", Map.of(), TestCall.admin().principal()))
                .isEmpty();
    }

    @Test
    void aCancelledDisconnectionIsFinishedAllTheSame() throws InterruptedException {
        Account ada = stage.server.connect(TestServer.ADA);
        stage.server.simulator().queue(Fault.of(Endpoint.REVOKE, FaultKind.HOLD));
        AtomicReference<Exception> thrown = new AtomicReference<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                var _ = stage.tool("twitter_disconnect_account")
                        .body()
                        .call(JsonMapper.shared().createObjectNode().put("account", "@ada"), WRITER);
            } catch (InterruptedException | RuntimeException e) {
                thrown.set(e);
            }
        });
        stage.server.simulator().awaitHeld(1);
        caller.interrupt();
        caller.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        stage.server.simulator().release();
        assertThat(stage.server.engine().stop(Duration.ofSeconds(30))).isTrue();
        assertThat(stage.server.engine().accounts().find(ada.id().value()).state())
                .isInstanceOf(AccountState.Disconnected.class);
    }
}
