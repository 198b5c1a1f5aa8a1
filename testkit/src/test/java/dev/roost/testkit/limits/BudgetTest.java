package dev.roost.testkit.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccountId;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.limits.FairBudget;
import dev.roost.core.limits.LimitSpan;
import dev.roost.core.limits.RateBudget;
import dev.roost.core.limits.RateStore;
import dev.roost.core.limits.RateWindow;
import dev.roost.core.limits.SharedPace;
import dev.roost.core.limits.SharedWindows;
import dev.roost.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One process, with a store that is away unless a test says otherwise. */
final class BudgetTest {
    private static final String ROUTE = "GET /2/users/me";
    private static final String ADA = "acc_00000000000000000001";
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final ManualClock clock = new ManualClock();
    private final Notes notes = new Notes();
    private final SharedWindows windows = new SharedWindows(
            notes,
            "app",
            clock,
            () -> Duration.between(ManualClock.START, clock.instant()).toNanos(),
            Runnable::run);
    private final RateBudget budget = new FairBudget(windows);
    private final SharedPace pace = new SharedPace(windows);

    /** A store of which every call is counted. */
    private static final class Notes implements RateStore {
        private final List<RateWindow> noted = new ArrayList<>();
        private boolean isAway = true;
        private int reads;

        @Override
        public void note(String clientId, List<RateWindow> windows, Instant now) {
            answer();
            noted.addAll(windows);
        }

        @Override
        public List<RateWindow> live(String clientId, Instant now) {
            reads++;
            answer();
            return List.copyOf(noted);
        }

        @Override
        public long accounts(String clientId) {
            answer();
            return 4;
        }

        @Override
        public long forget(Instant before) {
            return 0;
        }

        private void answer() {
            if (isAway) {
                throw new StoreUnavailableException("away", new IllegalStateException("away"));
            }
        }
    }

    @Test
    void holdsAUsedUpWindowUntilASecondAfterItsEnd() {
        heard(LimitSpan.QUARTER_HOUR, 75, 0, QUARTER);
        assertThat(held())
                .map(RateBudget.Hold::until)
                .contains(clock.instant().plus(QUARTER).plusSeconds(1));
        clock.advance(QUARTER);
        assertThat(held()).isPresent();
        clock.advance(Duration.ofSeconds(1));
        assertThat(held()).isEmpty();
    }

    @Test
    void letsACallThroughWhileAnythingIsLeft() {
        heard(LimitSpan.QUARTER_HOUR, 75, 1, QUARTER);
        assertThat(held()).isEmpty();
    }

    @Test
    void letsOtherAccountsAndRoutesThrough() {
        heard(LimitSpan.QUARTER_HOUR, 75, 0, QUARTER);
        assertThat(budget.held(ROUTE, "acc_00000000000000000002")).isEmpty();
        assertThat(budget.held("POST /2/tweets", ADA)).isEmpty();
        assertThat(budget.held(ROUTE, "")).isEmpty();
    }

    @Test
    void ignoresWhatCannotBeTrue() {
        heard(LimitSpan.QUARTER_HOUR, 75, 0, Duration.ofDays(365 * 74));
        heard(LimitSpan.QUARTER_HOUR, 75, 0, Duration.ofSeconds(-5));
        heard(LimitSpan.QUARTER_HOUR, 75, 0, Duration.ofHours(23));
        heard(LimitSpan.QUARTER_HOUR, 0, 0, QUARTER);
        heard(LimitSpan.QUARTER_HOUR, 75, 76, QUARTER);
        heard(LimitSpan.USER_DAY, 75, 0, Duration.ofDays(2));
        assertThat(held()).isEmpty();
    }

    @Test
    void asksAgainAfterAnHourOfADayForThePlanMayHaveGrown() {
        heard(LimitSpan.USER_DAY, 100, 0, Duration.ofHours(20));
        clock.advance(Duration.ofMinutes(59));
        assertThat(held()).isPresent();
        clock.advance(Duration.ofMinutes(2));
        assertThat(held()).isEmpty();
        heard(LimitSpan.USER_DAY, 100, 0, Duration.ofHours(19));
        assertThat(held()).isPresent();
    }

    @Test
    void tellsTheStoreLaterWhatItCouldNotTellAtOnce() {
        heard(LimitSpan.USER_DAY, 100, 0, Duration.ofHours(20));
        assertThat(notes.noted).isEmpty();
        notes.isAway = false;
        clock.advance(Duration.ofSeconds(2));
        assertThat(held()).isPresent();
        assertThat(notes.noted).hasSize(1);
    }

    @Test
    void readsTheStoreOnceASecondHoweverManyAsk() {
        notes.isAway = false;
        for (int i = 0; i < 1000; i++) {
            assertThat(held()).isEmpty();
        }
        assertThat(notes.reads).isEqualTo(1);
        clock.advance(Duration.ofMillis(1001));
        assertThat(held()).isEmpty();
        assertThat(notes.reads).isEqualTo(2);
    }

    @Test
    void oneAccountTurnedAwayAgainAndAgainRestsNobodyElse() {
        AccountId ada = new AccountId(ADA);
        for (int i = 0; i < 10; i++) {
            pace.turnedAway(ada, Optional.of(Duration.ofMinutes(10)));
        }
        assertThat(pace.pausedUntil()).isEmpty();
        assertThat(pace.room()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void aPauseTakesTwiceAsLongEachTimeAndEndsWithOneRefresh() {
        threeAreTurnedAway();
        assertThat(pace.pausedUntil()).contains(clock.instant().plusSeconds(5));
        assertThat(pace.room()).isZero();
        clock.advance(Duration.ofSeconds(5));
        assertThat(pace.room()).isEqualTo(1);
        pace.answered();
        pace.answered();
        assertThat(pace.room()).isEqualTo(3);
        threeAreTurnedAway();
        assertThat(pace.pausedUntil()).contains(clock.instant().plusSeconds(10));
        clock.advance(Duration.ofSeconds(10));
        assertThat(pace.room()).isEqualTo(1);
        for (int i = 0; i < 64; i++) {
            pace.answered();
        }
        assertThat(pace.room()).isEqualTo(Integer.MAX_VALUE);
    }

    private void threeAreTurnedAway() {
        Random random = new Random(3);
        for (int i = 0; i < 3; i++) {
            pace.turnedAway(AccountId.random(random), Optional.empty());
        }
    }

    private void heard(LimitSpan span, long limit, long remaining, Duration toReset) {
        Instant now = clock.instant();
        RateWindow.Key key = new RateWindow.Key(ROUTE, ADA, span);
        budget.heard(List.of(RateWindow.told(key, limit, remaining, now.plus(toReset), now)));
    }

    private Optional<RateBudget.Hold> held() {
        return budget.held(ROUTE, ADA);
    }
}
