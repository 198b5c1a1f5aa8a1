package dev.roost.server.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.Lease;
import dev.roost.core.LeaseAnswer;
import dev.roost.core.LossCause;
import dev.roost.core.Node;
import dev.roost.core.Settlement;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.TokenPair;
import dev.roost.core.alerting.Delivery;
import dev.roost.core.alerting.DeliveryEnding;
import dev.roost.core.alerting.Outbox;
import dev.roost.core.alerting.Webhook;
import dev.roost.core.alerting.WebhookFormat;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Nothing is lost, nothing is sent twice without need, and what is told of one account keeps its order. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // set before every test by JUnit
final class DispatchersTest {
    private Sending sending;
    private Receiver receiver;
    private Webhook webhook;

    @BeforeEach
    void open(@TempDir Path folder) {
        sending = new Sending(folder);
        receiver = new Receiver();
        webhook = sending.webhook(receiver);
    }

    @AfterEach
    void close() {
        sending.close();
        receiver.close();
    }

    @Test
    void twoOnOneStoreSendEachOnceAndInOrder() {
        List<String> accounts = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Account account = sending.connected();
            accounts.add(account.id().value());
            refuse(account);
        }
        Dispatcher first = sending.dispatcher();
        Dispatcher second = sending.dispatcher();
        CompletableFuture<Integer> other = CompletableFuture.supplyAsync(() -> Sending.drain(second));
        int mine = Sending.drain(first);
        assertThat(mine + other.join() + Sending.drain(first)).isEqualTo(90);
        assertThat(receiver.taken()).hasSize(90).extracting(Receiver.Taken::id).doesNotHaveDuplicates();
        for (String account : accounts) {
            assertThat(types(account))
                    .containsExactly("account.connected", "grant.lost", "account.reauthorization_required");
        }
        assertThat(sending.now(webhook).pending()).isZero();
    }

    @Test
    void oneThatDiesBetweenSendingAndNotingIsFollowedByAnother() {
        Account account = sending.connected();
        refuse(account);
        Dispatcher dying =
                sending.dispatcher(new Forgetful(sending.store.outbox()), Sending.LOCAL, InetAddress::getAllByName);
        assertThat(Sending.turn(dying)).hasSize(1);
        Dispatcher other = sending.dispatcher();
        assertThat(Sending.turn(other)).as("in the dead one's hands").isEmpty();
        sending.clock.advance(Duration.ofSeconds(61));
        assertThat(Sending.drain(other)).isEqualTo(3);
        List<String> ids = receiver.taken().stream().map(Receiver.Taken::id).toList();
        assertThat(ids).hasSize(4);
        assertThat(ids.get(1)).as("the same message").isEqualTo(ids.get(0));
        assertThat(ids)
                .doesNotContainNull()
                .satisfies(all -> assertThat(Set.copyOf(all)).hasSize(3));
    }

    @Test
    void aFailureHoldsBackWhatFollowsOfTheSameAccountOnly() {
        Account stuck = sending.connected();
        Dispatcher dispatcher = sending.dispatcher();
        receiver.behave(Receiver.answering("500 Oh No", ""));
        assertThat(Sending.turn(dispatcher)).hasSize(1);
        receiver.behave(Receiver.answering("200 OK", ""));
        refuse(stuck);
        Account other = sending.connected();
        assertThat(Sending.drain(dispatcher)).isEqualTo(1);
        assertThat(types(other.id().value())).containsExactly("account.connected");
        sending.clock.advance(Duration.ofSeconds(6));
        assertThat(Sending.drain(dispatcher)).isEqualTo(3);
        assertThat(types(stuck.id().value()))
                .containsExactly(
                        "account.connected", "account.connected", "grant.lost", "account.reauthorization_required");
    }

    @Test
    void whatIsSentHasAllThatIsNeededAndNoToken() {
        Account account = sending.connected();
        TokenPair pair =
                sending.store.tokens().grant(account.id()).orElseThrow().tokens();
        refuse(account);
        var slack = sending.webhooks.create(receiver.url(), Set.of(), WebhookFormat.SLACK, "");
        var _ = sending.webhooks.test(slack.webhook().id());
        assertThat(Sending.drain(sending.dispatcher())).isEqualTo(4);
        JsonNode lost = bodies().stream()
                .filter(body -> body.path("type").asString("").equals("grant.lost"))
                .findFirst()
                .orElseThrow();
        assertThat(lost.path("timestamp").asString())
                .isEqualTo(sending.clock.instant().toString());
        JsonNode data = lost.path("data");
        assertThat(data.path("account").asString()).isEqualTo(account.id().value());
        assertThat(data.path("username").asString()).isEqualTo(account.user().username());
        assertThat(data.path("generation").asLong()).isEqualTo(1);
        assertThat(data.path("cause").asString()).isEqualTo("refused_by_x");
        assertThat(data.path("summary").asString()).contains("X refused a token that Roost had not spent");
        assertThat(data.path("action").asString()).contains("roost connect");
        assertThat(data.path("runbook").asString()).isEqualTo("docs/runbook.md#grant-lost");
        assertThat(data.path("dashboard").asString())
                .isEqualTo("https://roost.example/dashboard/accounts/" + account.id());
        JsonNode message =
                bodies().stream().filter(body -> body.has("blocks")).findFirst().orElseThrow();
        assertThat(message.path("text").asString()).startsWith("test: This is a test");
        String all = receiver.taken().toString();
        for (String secret : List.of(
                pair.access().expose(), pair.refresh().expose(), slack.secret().expose())) {
            assertThat(all)
                    .doesNotContain(
                            secret, Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void theHeadersOfARequestAreThoseOfTheSpecificationAndNoMore() {
        sending.connected();
        Sending.drain(sending.dispatcher());
        Receiver.Taken taken = receiver.taken().getFirst();
        assertThat(taken.line()).isEqualTo("POST /hook?key=canary-in-the-address HTTP/1.1");
        assertThat(taken.headers())
                .containsOnlyKeys(
                        "connection",
                        "content-length",
                        "content-type",
                        "host",
                        "user-agent",
                        "webhook-id",
                        "webhook-signature",
                        "webhook-timestamp")
                .containsEntry("content-type", "application/json; charset=UTF-8")
                .containsEntry("user-agent", "Roost/test")
                .containsEntry(
                        "webhook-timestamp",
                        Long.toString(sending.clock.instant().getEpochSecond()));
        assertThat(taken.headers().get("webhook-signature")).matches("v1,[A-Za-z0-9+/]{43}=");
    }

    @Test
    void closingWaitsForWhatIsUnderWay() {
        receiver.behave(out -> {
            Thread.sleep(Duration.ofMillis(500));
            Receiver.answering("200 OK", "").answer(out);
        });
        sending.connected();
        Dispatcher dispatcher = sending.dispatcher();
        dispatcher.start();
        while (receiver.taken().isEmpty()) {
            Thread.onSpinWait();
        }
        dispatcher.close();
        assertThat(sending.now(webhook).pending()).isZero();
    }

    @Test
    void aWebhookThatCannotBeReadHoldsUpNoOther() {
        Webhook other = sending.webhook(receiver);
        sending.connected();
        String bad = sending.store.outbox().due().getFirst();
        Dispatcher dispatcher =
                sending.dispatcher(new Broken(sending.store.outbox(), bad), Sending.LOCAL, InetAddress::getAllByName);
        assertThat(Sending.turn(dispatcher)).hasSize(1);
        assertThat(Sending.turn(dispatcher)).isEmpty();
        assertThat(sending.now(webhook).pending() + sending.now(other).pending())
                .isEqualTo(1);
        sending.connected();
        assertThat(Sending.turn(dispatcher)).as("its hands are free").hasSize(1);
    }

    @Test
    void closingDoesNotWaitForASlowReceiverAndLosesNothing() {
        receiver.behave(Receiver.silent());
        sending.connected();
        Dispatcher dispatcher = sending.dispatcher(Duration.ofSeconds(30));
        dispatcher.start();
        while (receiver.taken().isEmpty()) {
            Thread.onSpinWait();
        }
        long start = System.nanoTime();
        dispatcher.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(sending.now(webhook).pending()).isEqualTo(1);
        assertThat(sending.now(webhook).health().failures()).isZero();
        receiver.behave(Receiver.answering("200 OK", ""));
        sending.clock.advance(Duration.ofSeconds(61));
        assertThat(Sending.drain(sending.dispatcher())).isEqualTo(1);
    }

    private void refuse(Account account) {
        Node node = Sending.node();
        LeaseAnswer answer = sending.store
                .tokens()
                .lease(account.id(), account.generation(), Lease.Purpose.REFRESH, node, Duration.ofSeconds(90));
        Lease lease = ((LeaseAnswer.Granted) answer).lease();
        sending.store
                .tokens()
                .settle(
                        lease,
                        new Settlement.Refused(
                                sending.clock.instant(), new LossCause.RefusedByX(), "X said HTTP 400 invalid_grant"));
    }

    private List<JsonNode> bodies() {
        return receiver.taken().stream()
                .map(taken -> JsonMapper.shared().readTree(taken.body()))
                .toList();
    }

    private List<String> types(String account) {
        return bodies().stream()
                .filter(body -> body.at("/data/account").asString("").equals(account))
                .map(body -> body.path("type").asString())
                .toList();
    }

    /** Cannot read one of the webhooks. */
    private record Broken(Outbox outbox, String bad) implements Outbox {
        @Override
        public List<String> due() {
            return outbox.due();
        }

        @Override
        public List<Delivery> claim(String webhook, Node owner, int limit, Duration lease) {
            if (webhook.equals(bad)) {
                throw new IllegalStateException("it does not open");
            }
            return outbox.claim(webhook, owner, limit, lease);
        }

        @Override
        public boolean note(Delivery delivery, DeliveryEnding ending) {
            return outbox.note(delivery, ending);
        }
    }

    /** Never gets to note anything, as a process that is killed. */
    private record Forgetful(Outbox outbox) implements Outbox {
        @Override
        public List<String> due() {
            return outbox.due();
        }

        @Override
        public List<Delivery> claim(String webhook, Node owner, int limit, Duration lease) {
            return outbox.claim(webhook, owner, limit, lease);
        }

        @Override
        public boolean note(Delivery delivery, DeliveryEnding ending) {
            throw new StoreUnavailableException("gone", new IllegalStateException("gone"));
        }
    }
}
