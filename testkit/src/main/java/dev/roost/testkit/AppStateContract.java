package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AppStates;
import dev.roost.core.AppStates.Rejected;
import dev.roost.core.Node;
import dev.roost.core.XAnswer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store promises about apps that X rejects. */
public abstract class AppStateContract extends StoreContract {
    private static final XAnswer ANSWER =
            new XAnswer(401, "unauthorized_client", "Missing valid \"authorization\" header");
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration PROBE = Duration.ofMinutes(1);

    private AppStates apps() {
        return store().appStates();
    }

    @Test
    void appThatNobodyRejectedWorks() {
        assertThat(apps().rejection(client)).isEmpty();
        assertThat(apps().takeProbe(client, one, PROBE)).isFalse();
        assertThat(apps().works(client)).isFalse();
    }

    @Test
    void rejectionSurvivesReopeningWithAllItsParts() {
        assertThat(apps().reject(client, ANSWER, one, PAUSE)).isTrue();
        reopen();
        assertThat(apps().rejection(client)).contains(new Rejected(ANSWER, PAUSE, PAUSE));
        clock().advance(Duration.ofSeconds(7));
        assertThat(apps().rejection(client)).contains(new Rejected(ANSWER, PAUSE, Duration.ofSeconds(-2)));
    }

    @Test
    void firstRejectionStands() {
        apps().reject(client, ANSWER, one, PAUSE);
        clock().advance(Duration.ofSeconds(1));
        assertThat(apps().reject(client, new XAnswer(403, "", ""), two, PROBE)).isFalse();
        assertThat(apps().rejection(client)).contains(new Rejected(ANSWER, PAUSE, Duration.ofSeconds(4)));
    }

    @Test
    void probeIsRefusedBeforeItIsDue() {
        apps().reject(client, ANSWER, one, PAUSE);
        clock().advance(PAUSE.minusMillis(1));
        assertThat(apps().takeProbe(client, one, PROBE)).isFalse();
        clock().advance(Duration.ofMillis(1));
        assertThat(apps().takeProbe(client, one, PROBE)).isTrue();
    }

    @Test
    void oneOfManyTakesTheProbe() throws InterruptedException, ExecutionException {
        apps().reject(client, ANSWER, one, PAUSE);
        clock().advance(PAUSE);
        List<Node> nodes =
                IntStream.range(0, 8).mapToObj(i -> Sample.node("n" + i)).toList();
        List<Boolean> answers = atOnce(nodes, node -> apps().takeProbe(client, node, PROBE));
        assertThat(Collections.frequency(answers, true)).isEqualTo(1);
        assertThat(apps().rejection(client).orElseThrow().untilProbe()).isEqualTo(PROBE);
    }

    @Test
    void probeOfADeadProcessIsTakenOverWhenItsLeaseEnds() {
        apps().reject(client, ANSWER, one, PAUSE);
        clock().advance(PAUSE);
        assertThat(apps().takeProbe(client, one, PROBE)).isTrue();
        clock().advance(PROBE.minusMillis(1));
        assertThat(apps().takeProbe(client, two, PROBE)).isFalse();
        clock().advance(Duration.ofMillis(1));
        assertThat(apps().takeProbe(client, two, PROBE)).isTrue();
        apps().stillRejected(client, one, PAUSE);
        assertThat(apps().takeProbe(client, one, PROBE)).isFalse();
    }

    @Test
    void failedProbeMovesTheNextOne() {
        apps().reject(client, ANSWER, one, PAUSE);
        clock().advance(PAUSE);
        apps().takeProbe(client, one, PROBE);
        Duration longer = PAUSE.multipliedBy(2);
        apps().stillRejected(client, one, longer);
        assertThat(apps().rejection(client)).contains(new Rejected(ANSWER, longer, longer));
        assertThat(apps().takeProbe(client, two, PROBE)).isFalse();
        clock().advance(longer);
        assertThat(apps().takeProbe(client, two, PROBE)).isTrue();
    }

    @Test
    void appThatWorksAgainIsForgotten() {
        apps().reject(client, ANSWER, one, PAUSE);
        assertThat(apps().works(client)).isTrue();
        reopen();
        assertThat(apps().rejection(client)).isEmpty();
        assertThat(apps().reject(client, ANSWER, two, PAUSE)).isTrue();
    }
}
