package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.cli.TestTerminal.Run;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What people see when they come back from X, and what {@code roost connect} makes of it. */
final class SignInTest extends AtTerminal {
    @Test
    void connectsByItselfWithAPageThatGivesNothingAway() {
        TestPerson ada = TestPerson.agreeing("1001");
        Run run = terminal.runWith(ada, "", "connect");
        assertThat(run.out()).contains(terminal.x().authorizeUri().toString(), "Connected @ada (acc_");
        HttpResponse<String> page = ada.seen();
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Connected as @ada", "close this page").doesNotContain("<script");
        String query = page.uri().getQuery();
        for (String parameter : query.split("&", -1)) {
            assertThat(page.body()).doesNotContain(parameter.substring(parameter.indexOf('=') + 1));
        }
        assertThat(page.headers().map())
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("cache-control", List.of("no-store"))
                .containsEntry("referrer-policy", List.of("no-referrer"))
                .doesNotContainKey("server");
        assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
                .startsWith("default-src 'none'; style-src 'sha256-");
        Run again = terminal.runWith(TestPerson.agreeing("1001"), "", "connect");
        assertThat(again.err()).contains("connected before");
    }

    @Test
    void leavesTheCallbackToARunningServerWithTheSameStore() {
        terminal.serve();
        TestPerson ada = TestPerson.agreeing("1001");
        Run run = terminal.runWith(ada, "", "connect");
        assertThat(run.err()).contains("to reach the running server");
        assertThat(run.out()).contains("Connected @ada");
        assertThat(ada.seen().statusCode()).isEqualTo(200);
        HttpResponse<String> reloaded = TestPerson.get(ada.seen().uri());
        assertThat(reloaded.statusCode()).isEqualTo(200);
        assertThat(reloaded.body()).contains("Connected as @ada");
        assertThat(terminal.x().ledger().requests()).hasSize(1);
    }

    @Test
    void saysThatThePersonRefused() {
        TestPerson ada = TestPerson.refusing("1001");
        Run run = terminal.runWith(ada, "", "connect", "--json");
        assertThat(run.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.out()).contains("\"code\":\"denied\"");
        assertThat(ada.seen().statusCode()).isEqualTo(403);
        assertThat(ada.seen().body()).contains("Access was not granted", "roost connect");
    }

    @Test
    void refusesAnotherUserThanExpected() {
        TestPerson grace = TestPerson.agreeing("1002");
        Run run = terminal.runWith(grace, "", "connect", "--expect", "@ada");
        assertThat(run.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.err()).contains("expected @ada").contains("@grace");
        assertThat(grace.seen().statusCode()).isEqualTo(409);
        assertThat(grace.seen().body()).contains("Another X account came back");
        assertThat(terminal.run("accounts", "list").out()).contains("No account");
    }

    @Test
    void saysThatXRejectsTheApp() {
        terminal.set("TWITTER_CLIENT_SECRET", "wrong");
        TestPerson ada = TestPerson.agreeing("1001");
        Run run = terminal.runWith(ada, "", "connect");
        assertThat(run.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.err()).contains("TWITTER_CLIENT_SECRET").contains("roost doctor");
        assertThat(ada.seen().statusCode()).isEqualTo(502);
        assertThat(ada.seen().body()).contains("X does not accept the app");
    }

    @Test
    void saysThatXGaveNoLastingAccess() {
        // Whoever consents may give less than was asked for.
        TestPerson ada = TestPerson.agreeing("1001");
        Browser less = address -> ada.open(URI.create(address.toString().replace("offline.access%20", "")));
        Run run = terminal.runWith(less, "", "connect");
        assertThat(run.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.err()).contains("offline.access was not granted");
        assertThat(ada.seen().statusCode()).isEqualTo(400);
        assertThat(ada.seen().body()).contains("X gave no lasting access", "offline.access");
    }

    @Test
    void saysThatXDidNotAnswer() {
        terminal.x().queue(Fault.of(Endpoint.TOKEN, FaultKind.LOSE_ANSWER));
        TestPerson ada = TestPerson.agreeing("1001");
        Run run = terminal.runWith(ada, "", "connect");
        assertThat(run.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(ada.seen().statusCode()).isEqualTo(502);
        assertThat(ada.seen().body()).contains("X did not answer");
    }

    @Test
    void knowsOnlySignInsOfItsOwn() {
        terminal.serve();
        URI callback = terminal.address("/auth/twitter/callback");
        for (String query :
                new String[] {"", "?state=nonsense&code=c0de", "?state=a&state=b&code=c", "?state=%00&code=c"}) {
            HttpResponse<String> page = TestPerson.get(URI.create(callback + query));
            assertThat(page.statusCode()).as(query).isEqualTo(400);
            assertThat(page.body()).contains("not known here").doesNotContain("nonsense", "c0de");
        }
        assertThat(status("POST", callback)).isEqualTo(405);
        assertThat(status("HEAD", callback)).isEqualTo(405);
    }

    @Test
    void waitsForXToSayWhoItWas() {
        terminal.x().queue(Fault.of(Endpoint.USERS_ME, FaultKind.STATUS_503));
        TestPerson ada = TestPerson.agreeing("1001");
        Run run = terminal.runWith(ada, "", "connect");
        assertThat(ada.seen().statusCode()).isEqualTo(202);
        assertThat(ada.seen().body()).contains("Almost connected", "grant is safe");
        assertThat(run.out()).contains("Connected @ada");
    }

    @Test
    void usesEachAnswerOfXOnce() {
        terminal.serve();
        CompletableFuture<URI> consent = new CompletableFuture<>();
        var connecting = terminal.start(consent::complete, "", "connect");
        TestPerson no = TestPerson.refusing("1001");
        URI back = no.consent(consent.join());
        assertThat(TestPerson.get(back).statusCode()).isEqualTo(403);
        HttpResponse<String> second = TestPerson.get(back);
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("used before", "Access was not granted");
        connecting.awaitEnd();
    }

    @Test
    void tellsALateAnswerFromAnUnknownOne() {
        CompletableFuture<URI> consent = new CompletableFuture<>();
        Run early = terminal.runWith(consent::complete, "", "connect", "--timeout", "1");
        assertThat(early.exit()).isEqualTo(ExitCode.TRY_LATER);
        assertThat(early.err()).contains("nobody came back from X within 1 s");
        URI back = TestPerson.agreeing("1001").consent(consent.join());
        terminal.set("ROOST_CLOCK_OFFSET", "PT11M");
        terminal.serve();
        HttpResponse<String> page = TestPerson.get(back);
        assertThat(page.statusCode()).isEqualTo(410);
        assertThat(page.body()).contains("has expired");
    }

    @Test
    void refusesRequestsForOtherHostsAndUnknownPaths() {
        terminal.serve();
        assertThat(status("GET", terminal.address("/nothing"))).isEqualTo(404);
        assertThat(TestPerson.get(terminal.address("/")).body()).contains("\"name\":\"roost\"", "\"store\":\"");
        assertThat(TestPerson.get(terminal.address("/health/ready")).body()).contains("ready");
        assertThat(TestPerson.get(terminal.address("/health/live")).statusCode())
                .isEqualTo(200);
        assertThat(RawHttp.statusLine(
                        terminal.address("/"), "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .contains("421");
        assertThat(RawHttp.statusLine(
                        terminal.address("/"),
                        "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
                .contains("431");
    }

    private static int status(String method, URI address) {
        return TestPerson.send(HttpRequest.newBuilder(address).method(method, HttpRequest.BodyPublishers.noBody()))
                .statusCode();
    }
}
