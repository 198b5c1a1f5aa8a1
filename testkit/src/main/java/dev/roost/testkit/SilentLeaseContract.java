package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import dev.roost.core.Lease;
import dev.roost.core.LeaseAnswer;
import dev.roost.core.Settlement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every token store promises about leases whose owner never says what came of them. */
public abstract class SilentLeaseContract extends StoreContract {
    @Test
    void silenceAfterALeaseIsFollowedUpAfterAMinute() {
        AccountId id = connected().id();
        Instant sentAt = now();
        leased(id, one);
        clock().advance(LEASE);
        Instant followedUpAt = now().plus(Lease.LONGEST_SILENCE);
        assertThat(account(id).state()).isEqualTo(new AccountState.Uncertain(sentAt, one.value(), followedUpAt));
        clock().advance(Lease.LONGEST_SILENCE.minusMillis(1));
        assertThat(claimed(now(), 9)).isEmpty();
        assertThat(tokens().lease(id, 1, Lease.Purpose.REFRESH, two, LEASE))
                .isEqualTo(new LeaseAnswer.Held(one.value(), Duration.ofMillis(1)));
        clock().advance(Duration.ofMillis(1));
        assertThat(claimed(now(), 9)).containsExactly(id);
        assertThat(account(id).state())
                .as("while it is followed up")
                .isEqualTo(new AccountState.Uncertain(sentAt, one.value(), now().plus(LEASE)));
    }

    @Test
    void silenceIsFollowedUpWhenHalfOfTheTokensTimeIsLeft() {
        AccountId id = connected().id();
        clock().advance(Sample.ACCESS_LIFETIME.minus(LEASE).minus(Duration.ofMillis(2_001)));
        Instant sentAt = now();
        leased(id, one);
        clock().advance(LEASE);
        assertThat(account(id).state())
                .isEqualTo(new AccountState.Uncertain(sentAt, one.value(), now().plusSeconds(1)));
        clock().advance(Duration.ofMillis(999));
        assertThat(claimed(now(), 9)).isEmpty();
        clock().advance(Duration.ofMillis(1));
        assertThat(claimed(now(), 9)).containsExactly(id);
    }

    @Test
    void silenceIsFollowedUpAtOnceWhenTheTokenHasExpired() {
        AccountId id = connected().id();
        clock().advance(Sample.ACCESS_LIFETIME);
        Instant sentAt = now();
        leased(id, one);
        clock().advance(LEASE);
        assertThat(account(id).state()).isEqualTo(new AccountState.Uncertain(sentAt, one.value(), now()));
        assertThat(claimed(now(), 9)).containsExactly(id);
    }

    @Test
    void silenceKeepsNobodyFromDisconnecting() {
        AccountId id = connected().id();
        leased(id, one);
        clock().advance(LEASE);
        assertThat(tokens().lease(id, 1, Lease.Purpose.DISCONNECT, two, LEASE)).isInstanceOf(LeaseAnswer.Granted.class);
    }

    @Test
    void silenceOfADisconnectionIsNotWaitedFor() {
        AccountId id = connected().id();
        Instant retryAt = now().plus(Duration.ofMinutes(1));
        tokens().settle(leased(id, one), new Settlement.Unknown(now(), retryAt, "timeout"));
        leased(id, two, Lease.Purpose.DISCONNECT);
        clock().advance(LEASE);
        assertThat(claimed(now(), 9)).containsExactly(id);
    }
}
