package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.Account;
import dev.roost.core.AccountEvent.Kind;
import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import dev.roost.core.Lease;
import dev.roost.core.LeaseAnswer;
import dev.roost.core.LossCause;
import dev.roost.core.RotateAnswer;
import dev.roost.core.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every token store promises about leases: who may spend a generation, and how that ends. */
public abstract class LeaseContract extends StoreContract {
    @Test
    void leaseCarriesGrantIntentAndFence() {
        Account account = connected();
        Lease lease = leased(account.id(), one);
        assertThat(lease.grant().account().user()).isEqualTo(account.user());
        assertThat(lease.grant()).isEqualTo(tokens().grant(account.id()).orElseThrow());
        assertThat(lease.sends()).isEqualTo(1);
        assertThat(lease.firstSentAt()).isEqualTo(now());
        assertThat(lease.firstNode()).isEqualTo(one.value());
        assertThat(lease.isGuardedRetry()).isFalse();
    }

    @Test
    void refusesSecondLeaseWhileFirstIsLive() {
        AccountId id = connected().id();
        leased(id, one);
        clock().advance(Duration.ofSeconds(30));
        assertThat(lease(id, 1, Lease.Purpose.REFRESH))
                .isEqualTo(new LeaseAnswer.Held(one.value(), Duration.ofSeconds(60)));
        assertThat(lease(id, 1, Lease.Purpose.DISCONNECT)).isInstanceOf(LeaseAnswer.Held.class);
        assertThat(tokens().lease(id, 1, Lease.Purpose.REFRESH, one, LEASE)).isInstanceOf(LeaseAnswer.Held.class);
    }

    @Test
    void leaseEndsByTheStoresClockAndTheFenceGrows() {
        AccountId id = connected().id();
        Lease first = leased(id, one);
        clock().advance(LEASE.minusMillis(1));
        assertThat(lease(id, 1, Lease.Purpose.REFRESH)).isInstanceOf(LeaseAnswer.Held.class);
        clock().advance(Duration.ofMillis(1).plus(Lease.LONGEST_SILENCE));
        Lease second = leased(id, two);
        assertThat(second.fence()).isGreaterThan(first.fence());
    }

    @Test
    void leaseOfAClockThatWasAheadIsFree() {
        AccountId id = connected().id();
        Duration ahead = Duration.ofHours(1).plusMillis(1).minus(LEASE);
        clock().advance(ahead);
        Lease first = leased(id, one);
        clock().advance(ahead.negated());
        assertThat(account(id).state()).isInstanceOf(AccountState.Uncertain.class);
        Lease second = claim(two, now().plus(Duration.ofHours(2)), 10).getFirst();
        assertThat(second.id()).isEqualTo(id);
        assertThat(second.fence()).isGreaterThan(first.fence());
        assertThat(second.isGuardedRetry()).isTrue();
        assertThat(tokens().settle(first, notSpent())).isFalse();
    }

    @Test
    void leaseAnHourAheadIsStillHeld() {
        AccountId id = connected().id();
        Duration ahead = Duration.ofHours(1).minus(LEASE);
        clock().advance(ahead);
        leased(id, one);
        clock().advance(ahead.negated());
        assertThat(lease(id, 1, Lease.Purpose.REFRESH))
                .isEqualTo(new LeaseAnswer.Held(one.value(), Duration.ofHours(1)));
        assertThat(claimed(now().plus(Duration.ofHours(2)), 10)).isEmpty();
    }

    @Test
    void restartedProcessDoesNotInheritItsPredecessorsLease() {
        AccountId id = connected().id();
        Lease old = leased(id, Sample.node("same-name"));
        reopen();
        var restarted = Sample.node("same-name");
        assertThat(tokens().lease(id, 1, Lease.Purpose.REFRESH, restarted, LEASE))
                .isInstanceOf(LeaseAnswer.Held.class);
        Lease forged = new Lease(
                old.grant(), old.purpose(), restarted, old.fence(), old.sends(), old.firstSentAt(), old.firstNode());
        assertThat(tokens().settle(forged, notSpent())).isFalse();
    }

    @Test
    void fenceGrowsAcrossRotationsAndSignIns() {
        AccountId id = connected().id();
        Lease first = leased(id, one);
        tokens().rotate(Sample.rotation(id, 1, now(), one));
        assertThat(leased(id, one).fence()).isGreaterThan(first.fence());
    }

    @Test
    void wrongGenerationIsAnsweredWithHowTheAccountStands() {
        Account account = connected();
        leased(account.id(), one);
        assertThat(lease(account.id(), 2, Lease.Purpose.REFRESH))
                .isEqualTo(new LeaseAnswer.Moved(account(account.id())));
        assertThat(lease(account.id(), 0, Lease.Purpose.DISCONNECT)).isInstanceOf(LeaseAnswer.Moved.class);
    }

    @Test
    void unknownAccountIsAbsent() {
        assertThat(lease(Sample.accountId(), 1, Lease.Purpose.REFRESH)).isEqualTo(new LeaseAnswer.Absent());
    }

    @Test
    void firstSendInFlightLeavesTheAccountActiveAndDueWhenTheLeaseEnds() {
        AccountId id = connected().id();
        leased(id, one);
        assertThat(account(id).state()).isEqualTo(new AccountState.Active(now().plus(LEASE)));
    }

    @Test
    void crashWithAnOpenIntentReadsAsUncertainOnceTheLeaseEnds() {
        AccountId id = connected().id();
        Instant sentAt = now();
        leased(id, one);
        clock().advance(LEASE);
        assertThat(account(id).state()).isInstanceOfSatisfying(AccountState.Uncertain.class, uncertain -> {
            assertThat(uncertain.sentAt()).isEqualTo(sentAt);
            assertThat(uncertain.node()).isEqualTo(one.value());
        });
    }

    @Test
    void guardedRetryIsMarkedInTheJournalAndKeepsTheFirstSend() {
        AccountId id = connected().id();
        Instant sentAt = now();
        leased(id, one);
        clock().advance(FOLLOWED_UP);
        Lease retry = leased(id, two);
        assertThat(retry.sends()).isEqualTo(2);
        assertThat(retry.isGuardedRetry()).isTrue();
        assertThat(retry.firstSentAt()).isEqualTo(sentAt);
        assertThat(retry.firstNode()).isEqualTo(one.value());
        assertThat(account(id).state()).isInstanceOf(AccountState.Uncertain.class);
        var entry = tokens().events(id, 1).getFirst();
        assertThat(entry.kind()).isEqualTo(Kind.GUARDED_RETRY);
        assertThat(entry.generation()).isEqualTo(1);
        assertThat(entry.node()).isEqualTo(two.value());
        assertThat(entry.detail()).contains(one.value());
    }

    @Test
    void notSpentLeavesTheIntentAsItWas() {
        AccountId id = connected().id();
        Settlement.NotSpent settlement = notSpent();
        assertThat(tokens().settle(leased(id, one), settlement)).isTrue();
        assertThat(account(id).state()).isEqualTo(new AccountState.Active(settlement.retryAt()));
        assertThat(journal(id)).containsExactly(Kind.REFRESH_FAILED, Kind.CONNECTED);
        assertThat(claimed(settlement.retryAt().minusMillis(1), 10)).isEmpty();
        Lease again = claim(two, settlement.retryAt(), 10).getFirst();
        assertThat(again.id()).isEqualTo(id);
        assertThat(again.sends()).isEqualTo(1);
    }

    @Test
    void notSpentOnAGuardedRetryKeepsTheFirstSendOpen() {
        AccountId id = connected().id();
        Instant sentAt = now();
        leased(id, one);
        clock().advance(FOLLOWED_UP);
        Settlement.NotSpent settlement = notSpent();
        assertThat(tokens().settle(leased(id, two), settlement)).isTrue();
        assertThat(account(id).state())
                .isEqualTo(new AccountState.Uncertain(sentAt, one.value(), settlement.retryAt()));
        Lease third = leased(id, two);
        assertThat(third.sends()).isEqualTo(2);
        assertThat(third.firstSentAt()).isEqualTo(sentAt);
    }

    @Test
    void emptyNoteMakesNoEntry() {
        AccountId id = connected().id();
        tokens().settle(leased(id, one), new Settlement.NotSpent(now(), now(), ""));
        assertThat(journal(id)).containsExactly(Kind.CONNECTED);
    }

    @Test
    void unknownKeepsTheIntentOpenAndServesTheOldPair() {
        AccountId id = connected().id();
        Instant sentAt = now();
        Lease lease = leased(id, one);
        Instant retryAt = now().plus(Duration.ofMinutes(1));
        assertThat(tokens().settle(lease, new Settlement.Unknown(now(), retryAt, "reset")))
                .isTrue();
        assertThat(account(id).state()).isEqualTo(new AccountState.Uncertain(sentAt, one.value(), retryAt));
        assertThat(tokens().grant(id).orElseThrow().tokens())
                .isEqualTo(lease.grant().tokens());
        assertThat(journal(id)).startsWith(Kind.ANSWER_MISSING);
        assertThat(claim(two, retryAt, 10))
                .singleElement()
                .extracting(Lease::sends)
                .isEqualTo(2);
    }

    @Test
    void refusedLeavesATombstoneThatCannotBeRefreshed() {
        AccountId id = connected().id();
        Lease lease = leased(id, one);
        LossCause cause = new LossCause.AnswerLost(now().minusSeconds(60), one.value());
        assertThat(tokens().settle(lease, new Settlement.Refused(now(), cause, "HTTP 400 invalid_request")))
                .isTrue();
        assertThat(account(id).state()).isEqualTo(new AccountState.NeedsReauthorization(cause, now()));
        assertThat(tokens().grant(id).orElseThrow().tokens())
                .isEqualTo(lease.grant().tokens());
        assertThat(lease(id, 1, Lease.Purpose.REFRESH)).isEqualTo(new LeaseAnswer.Moved(account(id)));
        assertThat(journal(id)).startsWith(Kind.REFUSED);
    }

    @Test
    void causeOutsideRoostIsKept() {
        AccountId id = connected().id();
        tokens().settle(leased(id, one), new Settlement.Refused(now(), new LossCause.RefusedByX(), ""));
        assertThat(account(id).state())
                .isEqualTo(new AccountState.NeedsReauthorization(new LossCause.RefusedByX(), now()));
    }

    @Test
    void leaseIsSettledOnce() {
        AccountId id = connected().id();
        Lease lease = leased(id, one);
        assertThat(tokens().settle(lease, notSpent())).isTrue();
        assertThat(tokens().settle(lease, notSpent())).isFalse();
    }

    @Test
    void settlingAnOlderLeaseChangesNothing() {
        AccountId id = connected().id();
        Lease old = leased(id, one);
        clock().advance(FOLLOWED_UP);
        leased(id, two);
        Account before = account(id);
        assertThat(tokens().settle(old, new Settlement.Refused(now(), new LossCause.RefusedByX(), "late")))
                .isFalse();
        assertThat(account(id)).isEqualTo(before);
        assertThat(lease(id, 1, Lease.Purpose.REFRESH)).isInstanceOf(LeaseAnswer.Held.class);
    }

    @Test
    void expiredLeaseThatNobodyTookOverCanStillBeSettled() {
        AccountId id = connected().id();
        Lease lease = leased(id, one);
        clock().advance(LEASE.multipliedBy(2));
        assertThat(tokens().settle(lease, notSpent())).isTrue();
        assertThat(account(id).state()).isInstanceOf(AccountState.Active.class);
    }

    @Test
    void disconnectDeletesThePairAndLeavesATombstone() {
        AccountId id = connected().id();
        Lease lease = leased(id, one, Lease.Purpose.DISCONNECT);
        var token = lease.grant().tokens().refresh();
        assertThat(tokens().disconnect(lease, now(), "X confirmed")).isTrue();
        assertThat(account(id).state()).isEqualTo(new AccountState.Disconnected(now()));
        assertThat(account(id).generation()).isEqualTo(2);
        assertThat(tokens().grant(id)).isEmpty();
        assertThat(tokens().holding(client, token, now())).isEmpty();
        assertThat(lease(id, 2, Lease.Purpose.DISCONNECT)).isInstanceOf(LeaseAnswer.Moved.class);
        assertThat(tokens().events(id, 1).getFirst().detail()).isEqualTo("X confirmed");
        assertThat(tokens().disconnect(lease, now(), "again")).isTrue();
        assertThat(journal(id)).containsExactly(Kind.DISCONNECTED, Kind.CONNECTED);
    }

    @Test
    void disconnectLeaseNotesNoIntentAndCanBeGivenBack() {
        Account account = connected();
        Lease lease = leased(account.id(), one, Lease.Purpose.DISCONNECT);
        assertThat(lease.sends()).isZero();
        assertThat(account(account.id()).state()).isEqualTo(account.state());
        Settlement.NotSpent settlement = notSpent();
        assertThat(tokens().settle(lease, settlement)).isTrue();
        assertThat(account(account.id()).state()).isEqualTo(new AccountState.Active(settlement.retryAt()));
        assertThat(leased(account.id(), two).sends()).isEqualTo(1);
    }

    @Test
    void givingBackADisconnectLeaseRevivesNothing() {
        AccountId id = connected().id();
        tokens().settle(leased(id, one), new Settlement.Refused(now(), new LossCause.RefusedByX(), ""));
        AccountState refused = account(id).state();
        assertThat(tokens().settle(leased(id, one, Lease.Purpose.DISCONNECT), notSpent()))
                .isTrue();
        assertThat(account(id).state()).isEqualTo(refused);
        assertThat(claimed(now().plus(Duration.ofDays(9)), 10)).isEmpty();
    }

    @Test
    void disconnectNeedsItsOwnKindOfLeaseAndTheNewest() {
        AccountId id = connected().id();
        Lease refresh = leased(id, one);
        assertThatThrownBy(() -> tokens().disconnect(refresh, now(), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DISCONNECT");
        clock().advance(FOLLOWED_UP);
        Lease old = leased(id, one, Lease.Purpose.DISCONNECT);
        clock().advance(FOLLOWED_UP);
        leased(id, two);
        assertThat(tokens().disconnect(old, now(), "")).isFalse();
        assertThat(tokens().grant(id)).isPresent();
    }

    @Test
    void noUpdateIsLostAmongManyThreads() throws InterruptedException, ExecutionException {
        AccountId id = connected().id();
        int threads = 8;
        int rounds = 25;
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> workers = Stream.generate(() -> (Callable<Integer>) () -> rotations(id, rounds))
                    .limit(threads)
                    .toList();
            int recorded = 0;
            for (Future<Integer> worker : pool.invokeAll(workers)) {
                recorded += worker.get();
            }
            assertThat(account(id).generation()).isEqualTo(1 + recorded);
            assertThat(recorded).isPositive();
            assertThat(journal(id)).doesNotContain(Kind.SUPERSEDED, Kind.GUARDED_RETRY);
        }
    }

    private int rotations(AccountId id, int rounds) {
        int recorded = 0;
        for (int round = 0; round < rounds; round++) {
            long generation = account(id).generation();
            var node = Sample.node("racer");
            if (tokens().lease(id, generation, Lease.Purpose.REFRESH, node, LEASE) instanceof LeaseAnswer.Granted) {
                var answer = tokens().rotate(Sample.rotation(id, generation, now(), node));
                recorded += answer instanceof RotateAnswer.Recorded ? 1 : 0;
            }
        }
        return recorded;
    }

    private LeaseAnswer lease(AccountId id, long generation, Lease.Purpose purpose) {
        return tokens().lease(id, generation, purpose, two, LEASE);
    }

    private Settlement.NotSpent notSpent() {
        return new Settlement.NotSpent(now(), now().plus(Duration.ofMinutes(5)), "no connection");
    }
}
