package dev.roost.testkit.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccountEvent;
import dev.roost.core.AccountEvent.Kind;
import dev.roost.core.AccountId;
import dev.roost.core.Asked;
import dev.roost.core.EngineEvent.Outcome;
import dev.roost.core.Verdict;
import dev.roost.core.XAnswer;
import dev.roost.core.journal.LoggedEvent;
import dev.roost.core.journal.Story;
import dev.roost.core.journal.Told;
import dev.roost.testkit.EngineRig;
import dev.roost.testkit.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StoryTest {
    private final EngineRig rig = EngineRig.create();

    @Test
    void pairThatDiedWithoutUsNamesBothReasonsAndHowToTellThemApart() {
        AccountId id = rig.connect(EngineRig.ADA).id();
        rig.x().revoke(EngineRig.ADA);
        rig.engine().keeper().refreshNow(id);
        Told told = Story.tell(newest(id));
        assertThat(told.headline()).isEqualTo("Grant lost: ended outside this Roost");
        assertThat(told.because())
                .contains("Roost had not spent this refresh token")
                .contains(
                        "somebody signed the same user in to the same app elsewhere (X keeps one grant per app and user)")
                .contains("or the user revoked the app");
        assertThat(told.advice().orElseThrow())
                .contains("x.com/settings/connected_apps")
                .contains("If the app is still listed there, another holder has the grant")
                .contains("a second Roost", "a developer's script", "another program that signs in with this client id")
                .contains("If the app is not listed, the user revoked it")
                .endsWith("roost connect.");
    }

    @Test
    void lostAnswerNamesTheSendAndTheNode() {
        AccountId id = rig.connect(EngineRig.ADA).id();
        Instant sentAt = rig.clock().instant();
        rig.x().answerAfterwards(rotated -> new Verdict.Unknown("read timeout"));
        rig.engine().keeper().refreshNow(id);
        Told missing = Story.tell(newest(id));
        assertThat(missing.headline()).startsWith("No answer from X after");
        assertThat(missing.because()).contains("read timeout", "Generation 1 may be spent or not", "guarded retry");
        assertThat(missing.advice()).isEmpty();
        rig.clock().advance(Duration.ofSeconds(75));
        rig.turn();
        Told lost = Story.tell(newest(id));
        assertThat(lost.headline()).isEqualTo("Grant lost: an answer of X was lost");
        assertThat(lost.because()).contains("had been sent at " + sentAt + " by node first");
        assertThat(lost.advice()).contains("Sign in again with: roost connect.");
    }

    @Test
    void refreshTellsHowLongItTookAndWhatItBrought() {
        AccountId id = rig.connect(EngineRig.ADA).id();
        rig.engine().keeper().refreshNow(id);
        Told told = Story.tell(newest(id));
        assertThat(told.headline()).matches("Refreshed after \\d+ ms");
        assertThat(told.because()).contains("recorded as generation 2");
        assertThat(told.advice()).isEmpty();
    }

    @Test
    void throttledRefreshSaysWhatXSaidAndThatNothingIsLost() {
        AccountId id = rig.connect(EngineRig.ADA).id();
        rig.x().answerInstead(new Verdict.Throttled(new XAnswer(429, "", "slow down"), Optional.empty()));
        rig.engine().keeper().refreshNow(id);
        LoggedEvent entry = newest(id);
        assertThat(entry.asked().orElseThrow().status()).hasValue(429);
        Told told = Story.tell(entry);
        assertThat(told.headline()).isEqualTo("X turned the refresh away");
        assertThat(told.because()).contains("HTTP 429: slow down", "the grant is untouched");
    }

    @Test
    void rejectedAppSendsPeopleToTheDoctor() {
        AccountId id = rig.connect(EngineRig.ADA).id();
        rig.x().answerInstead(new Verdict.AppRejected(new XAnswer(401, "invalid_client", "")));
        rig.engine().keeper().refreshNow(id);
        Told told = Story.tell(newest(id));
        assertThat(told.headline()).isEqualTo("X rejects the app");
        assertThat(told.advice().orElseThrow()).contains("TWITTER_CLIENT_SECRET", "roost doctor");
    }

    @ParameterizedTest
    @EnumSource
    void everyKindIsToldInWholeSentences(Kind kind) {
        for (String detail : new String[] {"", "import", "something happened"}) {
            AccountEvent event = new AccountEvent(Sample.accountId(), Instant.EPOCH, kind, 3, "node-1", detail);
            Told told = Story.tell(new LoggedEvent(1, event, Optional.empty(), Optional.empty(), Optional.empty()));
            assertThat(told.headline()).isNotBlank().doesNotEndWith(".").hasSizeLessThan(60);
            assertThat(told.because().strip()).isNotBlank().endsWith(".").doesNotContain("..", "  ");
            told.advice().ifPresent(advice -> assertThat(advice).endsWith("."));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyVerdictOfAFailedRefreshIsTold(Outcome verdict) {
        AccountEvent event =
                new AccountEvent(Sample.accountId(), Instant.EPOCH, Kind.REFRESH_FAILED, 3, "node-1", "why");
        Asked asked = new Asked(verdict, Duration.ofSeconds(31), OptionalInt.empty(), "");
        Told told = Story.tell(new LoggedEvent(1, event, Optional.of(asked), Optional.empty(), Optional.empty()));
        assertThat(told.because()).startsWith("Why. The token was not spent");
    }

    private LoggedEvent newest(AccountId id) {
        return rig.store().events().newest(id, OptionalLong.empty(), 1).getFirst();
    }
}
