package dev.roost.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.AccountState;
import dev.roost.core.Freshness;
import dev.roost.core.RefreshPolicy;
import dev.roost.core.XUser;
import dev.roost.testkit.EngineRig;
import dev.roost.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.IntSummaryStatistics;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two lines: when a token may be replaced, and when it must not be served. */
class FreshnessTest {
    private static final Instant NOW = ManualClock.START;

    @ParameterizedTest
    @CsvSource({
        "PT1H, PT50M, FRESH",
        "PT1H, PT0.001S, FRESH",
        "PT10M, PT0S, DUE",
        "PT5M, PT-5M, DUE",
        "PT30.001S, PT-9M, DUE",
        "PT30S, PT-9M, EXPIRED",
        "PT30S, PT1M, EXPIRED",
        "PT-1S, PT-9M, EXPIRED",
        "PT-24H, PT-25H, EXPIRED"
    })
    void F21_bothLinesAreDrawnInOnePlace(Duration untilExpiry, Duration untilRefresh, Freshness expected) {
        assertThat(Freshness.of(
                        NOW.minusSeconds(1), NOW.plus(untilExpiry), NOW.plus(untilRefresh), NOW, RefreshPolicy.DEFAULT))
                .isEqualTo(expected);
    }

    @Test
    void F20_whatWasRecordedInTheFutureCountsAsExpired() {
        Instant expiresAt = NOW.plus(Duration.ofHours(26));
        Instant refreshAt = expiresAt.minus(Duration.ofMinutes(7));
        assertThat(Freshness.of(NOW.plus(Duration.ofHours(24)), expiresAt, refreshAt, NOW, RefreshPolicy.DEFAULT))
                .isEqualTo(Freshness.EXPIRED);
        assertThat(Freshness.of(NOW.plus(Duration.ofMinutes(4)), expiresAt, refreshAt, NOW, RefreshPolicy.DEFAULT))
                .isEqualTo(Freshness.FRESH);
    }

    @Test
    void F20_moreTimeLeftIsNeverLessFresh() {
        Random random = new Random(20);
        for (int i = 0; i < 10_000; i++) {
            Instant refreshAt = NOW.plusSeconds(random.nextInt(-90_000, 90_000));
            Instant sooner = NOW.plusSeconds(random.nextInt(-90_000, 90_000));
            Instant later = sooner.plusSeconds(random.nextInt(0, 90_000));
            assertThat(Freshness.of(NOW, later, refreshAt, NOW, RefreshPolicy.DEFAULT))
                    .as("%s against %s, refresh at %s", later, sooner, refreshAt)
                    .isLessThanOrEqualTo(Freshness.of(NOW, sooner, refreshAt, NOW, RefreshPolicy.DEFAULT));
        }
    }

    @Test
    void F32_accountsAreSpreadOverTheWholeWindowFromTenToFiveMinutesAhead() {
        EngineRig rig = EngineRig.create();
        IntSummaryStatistics seconds = IntStream.range(0, 500)
                .map(i -> secondsAhead(rig, new XUser(Integer.toString(5_000 + i), "user" + i)))
                .summaryStatistics();
        assertThat(seconds.getMin()).isBetween(300, 310);
        assertThat(seconds.getMax()).isBetween(590, 600);
        assertThat(seconds.getAverage()).isBetween(420.0, 480.0);
    }

    private static int secondsAhead(EngineRig rig, XUser user) {
        Account account = rig.connect(user);
        rig.engine().keeper().refreshNow(account.id());
        Account refreshed = rig.account(account.id());
        AccountState.Active active = (AccountState.Active) refreshed.state();
        return (int) Duration.between(active.nextRefreshAt(), refreshed.accessExpiresAt())
                .toSeconds();
    }
}
