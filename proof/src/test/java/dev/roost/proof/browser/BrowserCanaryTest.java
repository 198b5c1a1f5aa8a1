package dev.roost.proof.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import dev.roost.core.Account;
import dev.roost.core.access.KeyScope;
import dev.roost.proof.Canary;
import dev.roost.proof.serving.ServedRoost;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** No token and no secret is in what a browser gets, keeps or is told while it watches. */
@ExtendWith(Chromium.class)
final class BrowserCanaryTest {
    @TempDir
    private Path data;

    @Test
    void nothingThatABrowserGetsHoldsASecret(Browser browser) throws Exception {
        try (ServedRoost served = ServedRoost.start(data, Map.of());
                Person person =
                        new Person(browser, served.address("/"), served.x().uri())) {
            Account ada = served.keep("1001", "ada");
            String key = served.key(KeyScope.ADMIN);
            person.signIn(key);
            String cookie = person.context().cookies().stream()
                    .map(one -> one.name + "=" + one.value)
                    .findFirst()
                    .orElseThrow();
            try (Stream news = Stream.open(served.address("/dashboard/live"), cookie)) {
                StringBuilder seen = new StringBuilder();
                person.open("/dashboard/accounts");
                served.roost().engine().keeper().refreshNow(ada.id());
                person.open("/dashboard/accounts/" + ada.id());
                person.press("Refresh now");
                person.sees("Refreshed");
                seen.append(person.page().content());
                served.x().revoke("1001");
                person.press("Refresh now");
                person.sees("A person has to sign in again");
                seen.append(person.page().content());
                person.open("/dashboard/webhooks");
                person.open("/dashboard/accounts/" + ada.id() + "/disconnect");
                person.open("/dashboard");
                seen.append(person.everything());
                Canary canary = Canary.of(served.x().ledger())
                        .and(List.of(ServedRoost.CLIENT_SECRET, key.substring(key.lastIndexOf('_') + 1)));
                canary.assertAbsentFrom("the browser", seen.toString());
                String told = news.until("change");
                assertThat(told).contains("event:");
                canary.assertAbsentFrom("the news", told);
            }
        }
    }

    /** The stream of news, read as its bytes come. */
    private record Stream(HttpClient client, InputStream body) implements AutoCloseable {
        static Stream open(URI address, String cookie) throws Exception {
            HttpClient client = HttpClient.newHttpClient();
            HttpResponse<InputStream> answer = client.send(
                    HttpRequest.newBuilder(address).header("Cookie", cookie).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            return new Stream(client, answer.body());
        }

        /** Returns all that came until this word was among it. */
        String until(String word) throws Exception {
            StringBuilder all = new StringBuilder();
            byte[] buffer = new byte[4096];
            while (all.indexOf(word) < 0) {
                int count = body.read(buffer);
                if (count < 0) {
                    throw new AssertionError("the news ended before \"" + word + "\": " + all);
                }
                all.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
            }
            return all.toString();
        }

        @Override
        public void close() {
            client.shutdownNow();
        }
    }
}
