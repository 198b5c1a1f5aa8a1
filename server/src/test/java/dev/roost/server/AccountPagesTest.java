package dev.roost.server;

import static dev.roost.server.TestClient.json;
import static dev.roost.server.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.access.KeyScope;
import dev.roost.testkit.Sample;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccountPagesTest {
    private final TestServer server = TestServer.start();
    private final TestClient reader = server.client(KeyScope.ACCOUNTS_READ);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void emptyStoreHasOneEmptyPage() {
        HttpResponse<String> page = reader.get("/v1/accounts");
        assertThat(json(page).path("data").size()).isZero();
        assertThat(json(page).path("nextCursor").isNull()).isTrue();
    }

    @Test
    void cursorsLeadThroughAllAccountsOnceInOrder() {
        List<String> ids = connected(1203);
        assertThat(walk(reader, "limit=200")).isEqualTo(ids);
        assertThat(walk(reader, "limit=7").size()).isEqualTo(1203);
    }

    @Test
    void lastFullPageHasNoCursor() {
        connected(4);
        assertThat(json(reader.get("/v1/accounts?limit=4")).path("nextCursor").isNull())
                .isTrue();
        assertThat(json(reader.get("/v1/accounts?limit=3")).path("nextCursor").isNull())
                .isFalse();
    }

    @Test
    void filterLeavesPagesFull() {
        connected(1100);
        Account ada = server.connect(TestServer.ADA);
        Account grace = server.connect(TestServer.GRACE);
        for (Account account : List.of(ada, grace)) {
            assertThat(server.engine().disconnector().disconnect(account.id())).isEmpty();
        }
        HttpResponse<String> first = reader.get("/v1/accounts?state=disconnected&limit=1");
        assertThat(ids(first)).hasSize(1);
        assertThat(walk(reader, "state=disconnected&limit=1"))
                .containsExactlyInAnyOrder(ada.id().value(), grace.id().value());
        assertThat(walk(reader, "state=needs_reauthorization")).isEmpty();
        assertThat(walk(reader, "state=active&limit=150")).hasSize(1100);
    }

    @Test
    void keyForSomeAccountsSeesThoseOnFullPages() {
        Set<AccountId> some = connected(60).stream()
                .skip(20)
                .limit(9)
                .map(AccountId::new)
                .collect(Collectors.toCollection(TreeSet::new));
        // One of another app, which is not shown, and one that never was.
        some.add(server.store()
                .connect(Sample.signedIn(
                        "another-app", Sample.user(), server.simulator().now()))
                .id());
        some.add(Sample.accountId());
        TestClient limited = server.client(
                server.newKey(Set.of(KeyScope.ACCOUNTS_READ), some, 0).secret().expose());
        assertThat(walk(limited, "limit=4"))
                .hasSize(9)
                .isSubsetOf(some.stream().map(AccountId::value).toList());
        assertThat(ids(limited.get("/v1/accounts?limit=4"))).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, whole number from 1 to 200",
        "limit=201, whole number from 1 to 200",
        "limit=ten, whole number from 1 to 200",
        "limit=, whole number from 1 to 200",
        "limit=99999999999, whole number from 1 to 200",
        "state=sad, 'active, needs_reauthorization, uncertain, disconnected'",
        "state=, 'active, needs_reauthorization, uncertain, disconnected'",
        "cursor=acc_00000000000000000000, the nextCursor of the page before",
        "cursor=%22, the nextCursor of the page before",
        "stat=active, 'allowed: state, cursor, limit'",
        "limit=1&limit=2, more than once"
    })
    void wrongParameterIsRefusedByName(String query, String words) {
        HttpResponse<String> refused = reader.get("/v1/accounts?" + query);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(text(refused, "detail")).contains(words);
    }

    private List<String> connected(int count) {
        return Stream.generate(Sample::user)
                .limit(count)
                .map(user -> server.store()
                        .connect(Sample.signedIn(
                                TestServer.CLIENT_ID, user, server.simulator().now())))
                .map(account -> account.id().value())
                .sorted()
                .toList();
    }

    private static List<String> walk(TestClient client, String query) {
        List<String> found = new ArrayList<>();
        String cursor = "";
        do {
            HttpResponse<String> page = client.get("/v1/accounts?" + query + cursor);
            found.addAll(ids(page));
            cursor = text(page, "nextCursor").isEmpty() ? "" : "&cursor=" + text(page, "nextCursor");
        } while (!cursor.isEmpty());
        return found;
    }

    private static List<String> ids(HttpResponse<String> page) {
        return json(page).path("data").findValuesAsString("id");
    }
}
