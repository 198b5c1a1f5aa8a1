package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccountEvent.Kind;
import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import dev.roost.core.Lease;
import dev.roost.core.LeaseAnswer;
import dev.roost.core.LossCause;
import dev.roost.core.Node;
import dev.roost.core.RotateAnswer;
import dev.roost.core.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every token store promises about taking many leases at once on what is due. */
public abstract class ClaimContract extends StoreContract {
    private static final Duration LATER = Duration.ofDays(1);

    @Test
    void longestDueComesFirstUpToTheLimit() {
        AccountId late = connected().id();
        clock().advance(Duration.ofMinutes(1));
        AccountId later = connected().id();
        clock().advance(Duration.ofMinutes(1));
        AccountId latest = connected().id();
        clock().advance(Duration.ofMinutes(59));
        assertThat(tokens().claim(client + "-other", now().plus(LATER), one, LEASE, 10, true))
                .isEmpty();
        assertThat(claimed(now(), 1)).containsExactly(late);
        assertThat(claimed(now(), 10)).containsExactly(later);
        assertThat(claimed(now(), 10)).isEmpty();
        clock().advance(FOLLOWED_UP);
        assertThat(claimed(now(), 10)).containsExactlyInAnyOrder(late, later, latest);
    }

    @Test
    void whatWasSentBeforeIsLeftOutIfThatIsWanted() {
        AccountId silent = connected().id();
        AccountId unanswered = connected().id();
        AccountId unsent = connected().id();
        leased(silent, one);
        tokens().settle(leased(unanswered, one), new Settlement.Unknown(now(), now(), "timeout"));
        clock().advance(LATER);
        assertThat(tokens().claim(client, now(), two, LEASE, 10, false))
                .extracting(Lease::id)
                .containsExactly(unsent);
        assertThat(journal(silent)).as("no retry").containsExactly(Kind.CONNECTED);
        assertThat(tokens().claim(client, now(), two, LEASE, 10, true))
                .extracting(Lease::id)
                .containsExactlyInAnyOrder(silent, unanswered);
    }

    @Test
    void claimedLeaseIsLikeOneThatWasAskedFor() {
        AccountId id = connected().id();
        clock().advance(LATER);
        Lease lease = claim(one, now(), 10).getFirst();
        assertThat(lease.grant()).isEqualTo(tokens().grant(id).orElseThrow());
        assertThat(lease.purpose()).isEqualTo(Lease.Purpose.REFRESH);
        assertThat(lease.owner()).isEqualTo(one);
        assertThat(lease.sends()).isEqualTo(1);
        assertThat(lease.firstSentAt()).isEqualTo(now());
        assertThat(lease.firstNode()).isEqualTo(one.value());
        assertThat(account(id).state()).isEqualTo(new AccountState.Active(now().plus(LEASE)));
        assertThat(tokens().lease(id, 1, Lease.Purpose.REFRESH, two, LEASE))
                .isEqualTo(new LeaseAnswer.Held(one.value(), LEASE));
        assertThat(journal(id)).containsExactly(Kind.CONNECTED);
        assertThat(tokens().rotate(Sample.rotation(id, 1, now(), one))).isInstanceOf(RotateAnswer.Recorded.class);
        assertThat(leased(id, two).fence()).isGreaterThan(lease.fence());
    }

    @Test
    void claimedAccountIsNotClaimedAgainWhileItsLeaseLives() {
        AccountId id = connected().id();
        clock().advance(LATER);
        assertThat(claimed(now(), 10)).containsExactly(id);
        clock().advance(LEASE.minusMillis(1));
        assertThat(claimed(now(), 10)).isEmpty();
    }

    @Test
    void leaseThatWasAskedForKeepsTheAccountFromClaims() {
        AccountId id = connected().id();
        leased(id, one);
        clock().advance(LEASE.minusMillis(1));
        assertThat(claimed(now().plus(LATER), 10)).isEmpty();
    }

    @Test
    void deadClaimersAccountsComeBackAsGuardedRetries() {
        AccountId id = connected().id();
        clock().advance(LATER);
        Instant sentAt = now();
        claim(one, now(), 10);
        clock().advance(LEASE);
        Lease retry = claim(two, now(), 10).getFirst();
        assertThat(retry.isGuardedRetry()).isTrue();
        assertThat(retry.firstSentAt()).isEqualTo(sentAt);
        assertThat(retry.firstNode()).isEqualTo(one.value());
        assertThat(journal(id)).containsExactly(Kind.GUARDED_RETRY, Kind.CONNECTED);
        assertThat(tokens().events(id, 1).getFirst().node()).isEqualTo(two.value());
    }

    @Test
    void leaseGivenBackCanBeClaimedAtOnce() {
        AccountId id = connected().id();
        clock().advance(LATER);
        Lease lease = claim(one, now(), 10).getFirst();
        assertThat(tokens().settle(lease, new Settlement.NotSpent(now(), now(), "")))
                .isTrue();
        assertThat(claim(two, now(), 10))
                .singleElement()
                .extracting(Lease::sends)
                .isEqualTo(1);
        assertThat(journal(id)).containsExactly(Kind.CONNECTED);
    }

    @Test
    void whatCannotBeRefreshedIsNeverClaimed() {
        AccountId refused = connected().id();
        AccountId gone = connected().id();
        AccountId leaving = connected().id();
        tokens().settle(leased(refused, one), new Settlement.Refused(now(), new LossCause.RefusedByX(), ""));
        tokens().disconnect(leased(gone, one, Lease.Purpose.DISCONNECT), now(), "");
        leased(leaving, one, Lease.Purpose.DISCONNECT);
        assertThat(claimed(now().plus(LATER), 10)).isEmpty();
        clock().advance(LEASE);
        assertThat(claimed(now().plus(LATER), 10)).containsExactly(leaving);
    }

    @Test
    void manyClaimersNeverGetTheSame() throws InterruptedException, ExecutionException {
        Set<AccountId> all = new HashSet<>();
        IntStream.range(0, 60).forEach(i -> all.add(connected().id()));
        clock().advance(LATER);
        ConcurrentLinkedQueue<AccountId> taken = new ConcurrentLinkedQueue<>();
        List<Node> claimers =
                IntStream.range(0, 6).mapToObj(i -> Sample.node("claimer-" + i)).toList();
        atOnce(claimers, node -> {
            for (List<Lease> some = claim(node, now(), 7); !some.isEmpty(); some = claim(node, now(), 7)) {
                assertThat(some).hasSizeLessThanOrEqualTo(7);
                some.forEach(lease -> taken.add(lease.id()));
            }
            return node;
        });
        assertThat(taken).doesNotHaveDuplicates();
        all.removeAll(taken);
        all.removeAll(claimed(now(), 60));
        assertThat(all).isEmpty();
    }
}
