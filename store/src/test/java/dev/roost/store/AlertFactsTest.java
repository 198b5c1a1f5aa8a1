package dev.roost.store;

import static dev.roost.core.alerting.AlertType.ACCOUNT_CONNECTED;
import static dev.roost.core.alerting.AlertType.ACCOUNT_DISCONNECTED;
import static dev.roost.core.alerting.AlertType.ACCOUNT_RECOVERED;
import static dev.roost.core.alerting.AlertType.GRANT_LOST;
import static dev.roost.core.alerting.AlertType.REAUTHORIZATION_REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.Lease;
import dev.roost.core.LossCause;
import dev.roost.core.alerting.Alert;
import dev.roost.core.alerting.Webhook;
import dev.roost.testkit.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What happens to accounts is in the outbox as soon as it is durable. */
final class AlertFactsTest extends AlertsStage {
    AlertFactsTest(SqlStoreTest.Kind kind) {
        super(kind);
    }

    @Test
    void tellsOfASignInWithAccountNodeAndGeneration() {
        Webhook webhook = webhook();
        Account account = connected();
        Alert alert = delivered(webhook).getFirst();
        assertThat(alert.type()).isEqualTo(ACCOUNT_CONNECTED);
        assertThat(alert.about())
                .contains(new Alert.About(account.id(), account.user().username(), 1));
        assertThat(alert.app()).isEqualTo(client);
        assertThat(alert.at()).isEqualTo(now());
        assertThat(alert.id())
                .matches("msg_[A-Za-z0-9_-]+")
                .contains(account.id().value());
    }

    @Test
    void nothingPilesUpWhereNobodyAsked() {
        long before = roost().webhooks().backlog().pending();
        refuse(connected(), new LossCause.RefusedByX());
        assertThat(roost().webhooks().backlog().pending()).isEqualTo(before);
        Webhook webhook = webhook(GRANT_LOST);
        Account account = connected();
        assertThat(roost().webhooks().backlog().pending()).isEqualTo(before);
        refuse(account, new LossCause.RefusedByX());
        assertThat(told(webhook)).containsExactly(GRANT_LOST);
        assertThat(roost().webhooks().backlog().pending()).isEqualTo(before);
    }

    @Test
    void aLostGrantIsToldWithItsCauseAndEndsWithTheNextSignIn() {
        Webhook webhook = webhook();
        Account account = connected();
        refuse(account, new LossCause.AnswerLost(now(), "one"));
        List<Alert> lost = delivered(webhook);
        assertThat(lost)
                .extracting(Alert::type)
                .containsExactly(ACCOUNT_CONNECTED, GRANT_LOST, REAUTHORIZATION_REQUIRED);
        assertThat(lost.get(1).cause()).contains("answer_lost");
        assertThat(lost.get(2).cause()).contains("answer_lost");
        assertThat(roost().alerts().open(client, 10))
                .extracting(open -> open.alert().type())
                .containsExactly(REAUTHORIZATION_REQUIRED);
        clock().advance(Duration.ofMinutes(1));
        tokens().connect(Sample.signedIn(client, account.user(), now()));
        List<Alert> back = delivered(webhook);
        assertThat(back).extracting(Alert::type).containsExactly(ACCOUNT_CONNECTED, ACCOUNT_RECOVERED);
        assertThat(back.get(1).ends())
                .containsExactly(
                        new Alert.Ended(REAUTHORIZATION_REQUIRED, lost.get(2).id()));
        assertThat(roost().alerts().open(client, 10)).isEmpty();
        watch(Duration.ofMinutes(3));
        assertThat(told(webhook)).isEmpty();
    }

    @Test
    void aNewPairAfterALossEndsItToo() {
        Webhook webhook = webhook();
        Account account = connected();
        refuse(account, new LossCause.RefusedByX());
        assertThat(told(webhook)).hasSize(3);
        tokens().rotate(Sample.rotation(account.id(), 1, now(), two));
        watch(Duration.ofSeconds(20));
        assertThat(told(webhook)).containsExactly(ACCOUNT_RECOVERED);
    }

    @Test
    void aDisconnectionEndsWhatIsOpen() {
        Webhook webhook = webhook();
        Account account = connected();
        refuse(account, new LossCause.RefusedByX());
        String open = delivered(webhook).getLast().id();
        Lease lease = leased(account.id(), one, Lease.Purpose.DISCONNECT);
        assertThat(tokens().disconnect(lease, now(), "asked")).isTrue();
        List<Alert> told = delivered(webhook);
        assertThat(told).extracting(Alert::type).containsExactly(ACCOUNT_DISCONNECTED);
        assertThat(told.getFirst().ends()).extracting(Alert.Ended::id).containsExactly(open);
    }

    @Test
    void whoCameLaterHearsOfNoRecoveryFromWhatItNeverHeardOf() {
        Account account = connected();
        refuse(account, new LossCause.RefusedByX());
        clock().advance(Duration.ofSeconds(1));
        Webhook late = webhook(ACCOUNT_RECOVERED);
        clock().advance(Duration.ofSeconds(1));
        tokens().connect(Sample.signedIn(client, account.user(), now()));
        assertThat(told(late)).isEmpty();
    }

    @Test
    void lossesFromBeforeThereWereAlertsAreFoundByTheWatch() {
        Webhook webhook = webhook(REAUTHORIZATION_REQUIRED, ACCOUNT_RECOVERED);
        Account account = connected();
        Lease lease = leased(account.id(), one);
        tokens().settle(
                        lease,
                        new dev.roost.core.Settlement.Refused(now(), new LossCause.RefusedByX(), /* no entry */ ""));
        assertThat(told(webhook)).isEmpty();
        assertThat(turn(one).raised()).isEqualTo(1);
        Alert alert = delivered(webhook).getFirst();
        assertThat(alert.cause()).isEqualTo(Optional.of("refused_by_x"));
        assertThat(turn(two).raised()).isZero();
    }
}
