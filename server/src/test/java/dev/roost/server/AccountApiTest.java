package dev.roost.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.access.KeyScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AccountApiTest {
    private final TestServer server = TestServer.start();
    private final TestClient reader = server.client(KeyScope.ACCOUNTS_READ);
    private final TestClient admin = server.client(KeyScope.ADMIN);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void accountIsFoundUnderEachOfItsNames() {
        Account ada = server.connect(TestServer.ADA);
        for (String name : new String[] {ada.id().value(), "@ada", "ADA", "1001"}) {
            var answer = reader.get("/v1/accounts/" + name);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(TestClient.text(answer, "id")).isEqualTo(ada.id().value());
            assertThat(TestClient.text(answer, "state")).isEqualTo("active");
        }
    }

    @Test
    void tokenIsHandedOut() {
        Account ada = server.connect(TestServer.ADA);
        var answer = admin.get("/v1/accounts/" + ada.id() + "/token?minTtl=60");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(TestClient.text(answer, "tokenType")).isEqualTo("bearer");
    }
}
