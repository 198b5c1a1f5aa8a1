package dev.roost.store;

import static dev.roost.core.alerting.AlertType.ACCOUNT_RECOVERED;
import static dev.roost.core.alerting.AlertType.APP_RECOVERED;
import static dev.roost.core.alerting.AlertType.APP_REJECTED;
import static dev.roost.core.alerting.AlertType.REAUTHORIZATION_REQUIRED;
import static dev.roost.core.alerting.AlertType.REAUTHORIZATION_SOON;
import static dev.roost.core.alerting.AlertType.REFRESH_FAILING;
import static dev.roost.core.alerting.AlertType.TOKEN_EXPIRING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.LossCause;
import dev.roost.core.Node;
import dev.roost.core.alerting.Alert;
import dev.roost.core.alerting.AlertBook;
import dev.roost.core.alerting.AlertPolicy;
import dev.roost.core.alerting.AlertType;
import dev.roost.core.alerting.Webhook;
import dev.roost.testkit.Sample;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes on for a while is told once, and its end once, whatever flaps, restarts or looks at the same time. */
final class AlertConditionsTest extends AlertsStage {
    private static final AlertType[] ALL = {
        REAUTHORIZATION_SOON,
        REFRESH_FAILING,
        TOKEN_EXPIRING,
        REAUTHORIZATION_REQUIRED,
        ACCOUNT_RECOVERED,
        APP_REJECTED,
        APP_RECOVERED
    };

    AlertConditionsTest(SqlStoreTest.Kind kind) {
        super(kind);
    }

    @Test
    void failingIsToldAfterAMinuteAndThreeFailuresAndItsEndAMinuteAfterANewPair() {
        Webhook webhook = webhook(ALL);
        Account account = connected();
        fail(account);
        fail(account);
        watch(Duration.ofMinutes(2));
        assertThat(told(webhook)).isEmpty();
        fail(account);
        watch(Duration.ofSeconds(10));
        List<Alert> alerts = delivered(webhook);
        assertThat(alerts).extracting(Alert::type).containsExactly(REFRESH_FAILING);
        assertThat(alerts.getFirst().detail()).contains("HTTP 503");
        reopen();
        watch(Duration.ofMinutes(10));
        fail(account);
        watch(Duration.ofMinutes(1));
        assertThat(told(webhook)).isEmpty();
        tokens().rotate(Sample.rotation(account.id(), 1, now(), one));
        watch(Duration.ofMinutes(1));
        assertThat(told(webhook)).isEmpty();
        reopen();
        watch(Duration.ofSeconds(20));
        List<Alert> over = delivered(webhook);
        assertThat(over).extracting(Alert::type).containsExactly(ACCOUNT_RECOVERED);
        assertThat(over.getFirst().ends())
                .containsExactly(
                        new Alert.Ended(REFRESH_FAILING, alerts.getFirst().id()));
        watch(Duration.ofMinutes(5));
        assertThat(told(webhook)).isEmpty();
    }

    @Test
    void whatFlapsIsOneAlertAndOneRecovery() {
        Webhook webhook = webhook(ALL);
        Account account = connected();
        long generation = 1;
        for (int i = 0; i < 4; i++) {
            failThrice(account);
            watch(Duration.ofSeconds(40));
            tokens().rotate(Sample.rotation(account.id(), generation++, now(), one));
            watch(Duration.ofSeconds(30));
        }
        assertThat(told(webhook)).isEmpty();
        failThrice(account);
        watch(Duration.ofSeconds(70));
        for (int i = 0; i < 4; i++) {
            tokens().rotate(Sample.rotation(account.id(), generation++, now(), one));
            watch(Duration.ofSeconds(40));
            failThrice(account);
            watch(Duration.ofSeconds(70));
        }
        tokens().rotate(Sample.rotation(account.id(), generation, now(), one));
        watch(Duration.ofMinutes(3));
        assertThat(told(webhook)).containsExactly(REFRESH_FAILING, ACCOUNT_RECOVERED);
    }

    @Test
    void aMissingAnswerIsToldAfterThreeMinutesAndEndsWithTheRetry() {
        Webhook webhook = webhook(ALL);
        Account account = connected();
        leaveUnanswered(account);
        watch(Duration.ofSeconds(170));
        assertThat(told(webhook)).isEmpty();
        watch(Duration.ofSeconds(20));
        assertThat(told(webhook)).containsExactly(REAUTHORIZATION_SOON);
        var _ = leased(account.id(), two);
        watch(Duration.ofSeconds(30));
        tokens().rotate(Sample.rotation(account.id(), 1, now(), two));
        watch(Duration.ofMinutes(2));
        assertThat(told(webhook)).containsExactly(ACCOUNT_RECOVERED);
    }

    @Test
    void aMissingAnswerThatWasALossIsNotOverUntilTheSignIn() {
        Webhook webhook = webhook(ALL);
        Account account = connected();
        leaveUnanswered(account);
        watch(Duration.ofMinutes(4));
        refuse(account, new LossCause.AnswerLost(now(), "one"));
        watch(Duration.ofMinutes(10));
        assertThat(told(webhook)).containsExactly(REAUTHORIZATION_SOON, REAUTHORIZATION_REQUIRED);
        tokens().connect(Sample.signedIn(client, account.user(), now()));
        watch(Duration.ofMinutes(10));
        List<Alert> over = delivered(webhook);
        assertThat(over).extracting(Alert::type).containsExactly(ACCOUNT_RECOVERED, ACCOUNT_RECOVERED);
        assertThat(over)
                .flatExtracting(Alert::ends)
                .extracting(Alert.Ended::type)
                .containsExactly(REAUTHORIZATION_SOON, REAUTHORIZATION_REQUIRED);
    }

    @Test
    void aTokenThatExpiresIsToldAndAFreshOneEndsIt() {
        Webhook webhook = webhook(ALL);
        Account account = connected();
        clock().advance(Sample.ACCESS_LIFETIME.minusMinutes(5).minusSeconds(20));
        watch(Duration.ofSeconds(40));
        assertThat(told(webhook)).isEmpty();
        watch(Duration.ofSeconds(30));
        assertThat(told(webhook)).containsExactly(TOKEN_EXPIRING);
        watch(Duration.ofMinutes(20));
        assertThat(told(webhook)).isEmpty();
        tokens().rotate(Sample.rotation(account.id(), 1, now(), one));
        watch(Duration.ofMinutes(2));
        assertThat(told(webhook)).containsExactly(ACCOUNT_RECOVERED);
    }

    @Test
    void aTokenThatIsReplacedInTimeIsNotTold() {
        Webhook webhook = webhook(ALL);
        Account account = connected();
        clock().advance(Sample.ACCESS_LIFETIME.minusMinutes(5));
        watch(Duration.ofSeconds(30));
        tokens().rotate(Sample.rotation(account.id(), 1, now(), one));
        watch(Duration.ofMinutes(5));
        assertThat(told(webhook)).isEmpty();
    }

    @Test
    void aTokenWhoseRefreshRestsUntilItIsFollowedUpIsNotTold() {
        Webhook webhook = webhook(ALL);
        Account account = connected();
        clock().advance(Sample.ACCESS_LIFETIME.minusMinutes(7));
        leased(account.id(), one);
        watch(FOLLOWED_UP.plusSeconds(10));
        tokens().rotate(Sample.rotation(account.id(), 1, now(), one));
        watch(Duration.ofMinutes(5));
        assertThat(told(webhook)).isEmpty();
    }

    @Test
    void ofSeveralProcessesOneTells() throws Exception {
        Webhook webhook = webhook(ALL);
        for (int i = 0; i < 5; i++) {
            failThrice(connected());
        }
        clock().advance(Duration.ofMinutes(2));
        List<Node> nodes = List.of(one, two, Sample.node("three"), Sample.node("four"));
        List<AlertBook.Turn> turns = atOnce(nodes, this::turn);
        assertThat(turns.stream().mapToInt(AlertBook.Turn::raised).sum()).isEqualTo(5);
        assertThat(told(webhook)).isEqualTo(Collections.nCopies(5, REFRESH_FAILING));
        assertThat(roost().alerts().count(client)).containsOnly(java.util.Map.entry(REFRESH_FAILING, 5L));
    }

    @Test
    void aRejectedAppIsToldOnceForAllProcessesAndEndsWhenNoneSaysSo() {
        Webhook webhook = webhook(APP_REJECTED, APP_RECOVERED);
        for (int i = 0; i < 6; i++) {
            roost().alerts().appRejected(client, now(), one, "X said HTTP 401");
            roost().alerts().appRejected(client, now(), two, "X said HTTP 401");
            watch(Duration.ofSeconds(10));
        }
        List<Alert> told = delivered(webhook);
        assertThat(told).extracting(Alert::type).containsExactly(APP_REJECTED);
        assertThat(told.getFirst().about()).isEmpty();
        assertThat(told.getFirst().app()).isEqualTo(client);
        assertThat(told.getFirst().detail()).isEqualTo("X said HTTP 401");
        watch(Duration.ofMinutes(5));
        assertThat(told(webhook)).as("nobody knows").isEmpty();
        assertThat(roost().alerts().isRejectionStale(client, now(), AlertPolicy.DEFAULT))
                .isTrue();
        roost().alerts().appAccepted(client, now());
        watch(Duration.ofMinutes(2));
        assertThat(told(webhook)).containsExactly(APP_RECOVERED);
    }

    @Test
    void anAppThatWasRejectedForAMomentIsNotTold() {
        Webhook webhook = webhook(APP_REJECTED, APP_RECOVERED);
        roost().alerts().appRejected(client, now(), one, "X said HTTP 401");
        watch(Duration.ofMinutes(1));
        roost().alerts().appAccepted(client, now());
        watch(Duration.ofMinutes(2));
        assertThat(told(webhook)).isEmpty();
    }

    private void failThrice(Account account) {
        fail(account);
        fail(account);
        fail(account);
    }
}
