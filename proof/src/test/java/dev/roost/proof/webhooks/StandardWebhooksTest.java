package dev.roost.proof.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.roost.core.Node;
import dev.roost.core.Secret;
import dev.roost.core.alerting.AlertType;
import dev.roost.core.alerting.DeliveryEnding;
import dev.roost.core.alerting.RetrySchedule;
import dev.roost.core.alerting.Webhook;
import dev.roost.core.alerting.WebhookFormat;
import dev.roost.core.alerting.WebhookTargets;
import dev.roost.core.alerting.Webhooks;
import dev.roost.server.alerting.Courier;
import dev.roost.server.alerting.Dispatcher;
import dev.roost.server.alerting.Payload;
import dev.roost.server.alerting.WebhookClient;
import dev.roost.store.Database;
import dev.roost.store.RoostStore;
import dev.roost.testkit.FreePort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Roost sends is what the public library takes, and what docs/webhooks.md shows works. */
@SuppressWarnings("NullAway.Init") // set before every test by JUnit
final class StandardWebhooksTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "webhooks.md");
    private static final WebhookTargets LOCAL = WebhookTargets.allowing(List.of("127.0.0.1"));

    private RoostStore store;
    private Webhooks webhooks;
    private WebhookClient client;
    private Dispatcher dispatcher;

    @BeforeEach
    void open(@TempDir Path folder) {
        InstantSource clock = InstantSource.system();
        store = RoostStore.open(Database.Sqlite.at(folder.resolve("roost.db")), folder.resolve("keyset.json"), clock);
        webhooks = new Webhooks(store.webhooks(), LOCAL, "proof", clock, new SecureRandom());
        client = WebhookClient.of(LOCAL, "proof", Duration.ofSeconds(15));
        dispatcher = new Dispatcher(
                store.outbox(),
                new Courier(client, LOCAL, new Payload(Optional.empty()), clock, new SecureRandom()),
                new Node("proof"),
                wait -> {},
                ending -> {});
    }

    @AfterEach
    void close() {
        dispatcher.close();
        client.close();
        store.close();
    }

    @Test
    void thePublicLibraryTakesOurSignaturesWhileSecretsOverlapAndNoOthers() throws Exception {
        String node = NodeReceiver.node();
        int port = FreePort.find();
        Webhooks.Created created = created(port);
        Webhook webhook = created.webhook();
        try (NodeReceiver receiver = NodeReceiver.start(node, port, created.secret())) {
            assertThat(test(webhook)).isEqualTo(new DeliveryEnding.Arrived());
            assertThat(receiver.said()).contains("test This is a test.");
            Secret fresh = webhooks.rotate(webhook.id(), Duration.ofHours(1)).orElseThrow();
            assertThat(test(webhook)).as("two signatures").isEqualTo(new DeliveryEnding.Arrived());
            assertThat(fresh).isNotEqualTo(created.secret());
            var _ = webhooks.rotate(webhook.id(), Duration.ZERO);
            assertThat(test(webhook)).asString().contains("it answered with status 401");
        }
    }

    @Test
    void theReceiversThatAreShownAreTheOnesThatWereTried() throws Exception {
        String document = Files.readString(DOCUMENT);
        assertThat(document).contains(Files.readString(Path.of("webhooks", "receiver.mjs")));
        String source = Files.readString(
                Path.of("src", "test", "java", "dev", "roost", "proof", "webhooks", "SampleVerifier.java"));
        String method = source.substring(source.indexOf("    static boolean"), source.lastIndexOf("\n}"));
        assertThat(document).contains(method.stripIndent().strip());
    }

    @Test
    void theReceiverInJavaTakesOurSignatures() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicReference<Map<String, String>> headers = new AtomicReference<>(Map.of());
        AtomicReference<String> body = new AtomicReference<>("");
        server.createContext("/", exchange -> {
            Map<String, String> seen = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> seen.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            headers.set(seen);
            body.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            Webhooks.Created created = created(server.getAddress().getPort());
            assertThat(test(created.webhook())).isEqualTo(new DeliveryEnding.Arrived());
            String secret = created.secret().expose();
            assertThat(SampleVerifier.isFromRoost(secret, headers.get(), body.get()))
                    .isTrue();
            assertThat(SampleVerifier.isFromRoost(secret, headers.get(), body.get() + " "))
                    .isFalse();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theTablesOfTheDocumentAreThoseOfTheCode() throws Exception {
        String document = Files.readString(DOCUMENT);
        for (AlertType type : AlertType.values()) {
            assertThat(document).contains("| `" + type.word() + "` | " + type.meaning() + " |");
        }
        assertThat(document.lines()
                        .filter(line -> line.matches("\\| `[a-z_]+\\.?[a-z_]+` \\| .*"))
                        .filter(line -> AlertType.find(line.split("`", -1)[1]).isPresent()))
                .hasSize(AlertType.values().length);
        String pauses = String.join(
                ", ",
                RetrySchedule.PAUSES.stream().map(StandardWebhooksTest::words).toList());
        assertThat(document.replace("\n", " ")).contains("after " + pauses);
        String runbook = Files.readString(Path.of("..", "docs", "runbook.md"));
        for (AlertType type : AlertType.values()) {
            String heading = type.runbook().replaceFirst(".*#", "").replace('-', ' ');
            assertThat(runbook.toLowerCase(Locale.ROOT)).contains("\n## " + heading + "\n");
        }
    }

    private static String words(Duration pause) {
        if (pause.toHours() > 0) {
            return pause.toHours() + " h";
        }
        return pause.toMinutes() > 0 ? pause.toMinutes() + " min" : pause.toSeconds() + " s";
    }

    private Webhooks.Created created(int port) {
        return webhooks.create("http://127.0.0.1:" + port + "/", Set.of(), WebhookFormat.STANDARD, "");
    }

    private DeliveryEnding test(Webhook webhook) {
        var _ = webhooks.test(webhook.id()).orElseThrow();
        List<DeliveryEnding> endings =
                dispatcher.turn().stream().map(CompletableFuture::join).toList();
        assertThat(endings).hasSize(1);
        return endings.getFirst();
    }
}
