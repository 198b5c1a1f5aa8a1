package dev.roost.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Starting, stopping, and many clients at once. */
final class SimulatorTest {

    @Test
    void namesThePortThatIsTaken() {
        try (Simulator first = Simulator.start()) {
            int port = first.uri().getPort();
            assertThatThrownBy(() -> Simulator.start(port))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void refusesWhatIsNoPort() {
        assertThatThrownBy(() -> Simulator.start(70_000)).hasMessageContaining("0 to 65535");
    }

    @Test
    void freesItsPortWhenClosed() {
        Simulator first = Simulator.start();
        int port = first.uri().getPort();
        first.close();
        first.close();
        try (Simulator second = Simulator.start(port)) {
            assertThat(second.uri()).isEqualTo(first.uri());
        }
    }

    @Test
    void addsDefaults() {
        try (Simulator simulator = Simulator.start();
                Browser browser = new Browser(simulator)) {
            simulator.addDefaults();
            IssuedPair pair = simulator.issue("demo-confidential", "1001");
            HttpResponse<String> answer = browser.tokenAs(
                    Browser.basic("demo-confidential", "demo-secret"),
                    "grant_type",
                    "refresh_token",
                    "refresh_token",
                    pair.refreshToken());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(simulator.issue("demo-client", "1002").refreshToken()).isNotEmpty();
        }
    }

    @Test
    void rejectsAppsAndGrantsThatCannotBe() {
        try (Simulator simulator = Browser.simulatorWithPeople()) {
            assertThatThrownBy(() -> simulator.addApp("public", null)).hasMessageContaining("exists already");
            assertThatThrownBy(() -> simulator.addApp("a:b", null)).hasMessageContaining("without a colon");
            String[] eleven = Collections.nCopies(11, Browser.CALLBACK).toArray(String[]::new);
            assertThatThrownBy(() -> simulator.addApp("many", null, eleven)).hasMessageContaining("at most 10");
            assertThatThrownBy(() -> simulator.addUser("1003", "no spaces")).hasMessageContaining("A-Z");
            assertThatThrownBy(() -> simulator.issue("nobody", "1001")).hasMessageContaining("no app 'nobody'");
        }
    }

    @Test
    void letsOneOfManyRacersSpendAToken() {
        try (Simulator simulator = Browser.simulatorWithPeople();
                Browser browser = new Browser(simulator)) {
            String token = simulator.issue("public", "1001").refreshToken();
            Set<Integer> statuses = new HashSet<>();
            IntStream.range(0, 50).mapToObj(racer -> browser.refreshLater(token)).toList().stream()
                    .map(CompletableFuture::join)
                    .forEach(answer -> statuses.add(answer.statusCode()));
            assertThat(statuses).containsExactlyInAnyOrder(200, 400);
            assertThat(simulator.ledger().rotations()).isEqualTo(1);
            assertThat(simulator.ledger().timesPresented(token)).isEqualTo(50);
        }
    }
}
