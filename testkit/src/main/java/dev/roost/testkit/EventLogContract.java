package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccountEvent.Kind;
import dev.roost.core.AccountId;
import dev.roost.core.Asked;
import dev.roost.core.EngineEvent.Outcome;
import dev.roost.core.Lease;
import dev.roost.core.LossCause;
import dev.roost.core.RefreshToken;
import dev.roost.core.Rotation;
import dev.roost.core.Settlement;
import dev.roost.core.journal.LoggedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every store promises about the logs of accounts. */
public abstract class EventLogContract extends StoreContract {
    private static final Asked TIMEOUT = new Asked(Outcome.UNKNOWN, Duration.ofSeconds(30), OptionalInt.empty(), "");
    private static final Asked INVALID =
            new Asked(Outcome.GRANT_REFUSED, Duration.ofMillis(88), OptionalInt.of(400), "invalid_grant");

    @Test
    void entriesHavePlacesFromOneOn() {
        AccountId id = connected().id();
        leased(id, one);
        tokens().rotate(Sample.rotation(id, 1, now(), one));
        reopen();
        List<LoggedEvent> log = log(id);
        assertThat(log).extracting(entry -> entry.event().kind()).containsExactly(Kind.ROTATED, Kind.CONNECTED);
        assertThat(log).extracting(LoggedEvent::sequence).containsExactly(2L, 1L);
        assertThat(log).allMatch(LoggedEvent::isChained);
    }

    @Test
    void pagesGoOnBeforeAPlace() {
        AccountId id = connected().id();
        for (int generation = 1; generation < 8; generation++) {
            tokens().rotate(Sample.rotation(id, generation, now(), one));
        }
        assertThat(places(store().events().newest(id, OptionalLong.empty(), 3))).containsExactly(8L, 7L, 6L);
        assertThat(places(store().events().newest(id, OptionalLong.of(6), 3))).containsExactly(5L, 4L, 3L);
        assertThat(places(store().events().newest(id, OptionalLong.of(3), 3))).containsExactly(2L, 1L);
        assertThat(store().events().newest(id, OptionalLong.of(1), 3)).isEmpty();
        assertThat(store().events().newest(Sample.accountId(), OptionalLong.empty(), 3))
                .isEmpty();
    }

    @Test
    void whatXWasAskedIsKept() {
        AccountId id = connected().id();
        Lease first = leased(id, one);
        tokens().settle(first, new Settlement.Unknown(now(), now(), "timeout", Optional.of(TIMEOUT)));
        Lease second = leased(id, two);
        LossCause lost = new LossCause.AnswerLost(second.firstSentAt(), second.firstNode());
        tokens().settle(second, new Settlement.Refused(now(), lost, "HTTP 400", Optional.of(INVALID)));
        reopen();
        List<LoggedEvent> log = log(id);
        assertThat(log)
                .extracting(entry -> entry.event().kind())
                .containsExactly(Kind.REFUSED, Kind.GUARDED_RETRY, Kind.ANSWER_MISSING, Kind.CONNECTED);
        assertThat(log)
                .extracting(LoggedEvent::asked)
                .containsExactly(Optional.of(INVALID), Optional.empty(), Optional.of(TIMEOUT), Optional.empty());
        assertThat(log)
                .extracting(LoggedEvent::cause)
                .containsExactly(Optional.of(lost), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(log.subList(0, 3)).extracting(LoggedEvent::fingerprint).doesNotContain(Optional.empty());
        assertThat(log.subList(0, 3).stream().map(LoggedEvent::fingerprint).distinct())
                .hasSize(1);
    }

    @Test
    void rotationTellsItsTimeAndTheTokenItSpent() {
        AccountId id = connected().id();
        Lease lease = leased(id, one);
        tokens().settle(lease, new Settlement.Unknown(now(), now(), "timeout"));
        tokens().rotate(Sample.rotation(id, 1, now(), one));
        tokens().rotate(Sample.rotation(id, 2, now(), one));
        List<LoggedEvent> log = log(id);
        assertThat(log.getFirst().took()).contains(Duration.ofMillis(321));
        assertThat(log.get(1).fingerprint()).isPresent().isEqualTo(log.get(2).fingerprint());
        assertThat(log.getFirst().fingerprint())
                .isPresent()
                .isNotEqualTo(log.get(1).fingerprint());
    }

    @Test
    void fingerprintTellsNothingOfTheToken() {
        AccountId id = connected().id();
        RefreshToken spent = tokens().grant(id).orElseThrow().tokens().refresh();
        tokens().rotate(Sample.rotation(id, 1, now(), one));
        String fingerprint = log(id).getFirst().fingerprint().orElseThrow();
        assertThat(fingerprint).matches("[0-9a-f]{32}");
        assertThat(spent.expose()).doesNotContain(fingerprint);
    }

    @Test
    void answerRecordedTwiceIsOneEntry() {
        AccountId id = connected().id();
        Rotation rotation = Sample.rotation(id, 1, now(), one);
        tokens().rotate(rotation);
        tokens().rotate(rotation);
        assertThat(places(log(id))).containsExactly(2L, 1L);
    }

    @Test
    void manyWritersLeaveNoGap() throws InterruptedException, ExecutionException {
        AccountId id = connected().id();
        List<Long> generations = LongStream.rangeClosed(1, 40).boxed().toList();
        atOnce(generations, generation -> tokens().rotate(Sample.rotation(id, 1, now(), one)));
        assertThat(places(log(id)).reversed())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 41).boxed().toList());
    }

    @Test
    void positionChangesWithEveryEntry() {
        AccountId id = connected().id();
        long before = store().events().position();
        assertThat(store().events().position()).isEqualTo(before);
        tokens().rotate(Sample.rotation(id, 1, now(), one));
        assertThat(store().events().position()).isNotEqualTo(before);
    }

    private List<LoggedEvent> log(AccountId id) {
        return store().events().newest(id, OptionalLong.empty(), 100);
    }

    private static List<Long> places(List<LoggedEvent> log) {
        return log.stream().map(LoggedEvent::sequence).toList();
    }
}
