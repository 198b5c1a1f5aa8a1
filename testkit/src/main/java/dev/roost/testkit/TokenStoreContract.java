package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import dev.roost.core.AccountEvent.Kind;
import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import dev.roost.core.Grant;
import dev.roost.core.Lease;
import dev.roost.core.LossCause;
import dev.roost.core.RotateAnswer;
import dev.roost.core.Rotation;
import dev.roost.core.Settlement;
import dev.roost.core.SignedIn;
import dev.roost.core.XUser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every token store promises about accounts, pairs, the journal and what is due. */
public abstract class TokenStoreContract extends StoreContract {
    @Test
    void newAccountHasTheIdAskedForAndGenerationOne() {
        SignedIn signedIn = Sample.signedIn(client, Sample.user(), now());
        Account account = tokens().connect(signedIn);
        assertThat(account)
                .isEqualTo(new Account(
                        signedIn.newId(),
                        client,
                        signedIn.user(),
                        new AccountState.Active(signedIn.nextRefreshAt()),
                        signedIn.pair().scopes(),
                        1,
                        signedIn.pair().accessExpiresAt(),
                        signedIn.at(),
                        signedIn.at()));
        assertThat(tokens().grant(account.id()))
                .contains(new Grant(account, signedIn.pair().tokens()));
    }

    @Test
    void manyGrantsAreReadAtOnce() {
        AccountId one = connected().id();
        AccountId two = connected().id();
        AccountId other = connected().id();
        AccountId gone = connected().id();
        tokens().disconnect(leased(gone, this.one, Lease.Purpose.DISCONNECT), now(), "");
        assertThat(tokens().grants(Set.of(one, two, gone, Sample.accountId())))
                .containsExactlyInAnyOrder(
                        tokens().grant(one).orElseThrow(), tokens().grant(two).orElseThrow());
        assertThat(tokens().grants(Set.of(other)))
                .containsExactly(tokens().grant(other).orElseThrow());
        assertThat(tokens().grants(Set.of())).isEmpty();
    }

    @Test
    void secondSignInOfTheSameUserKeepsTheIdAndTakesTheNewPair() {
        XUser user = Sample.user();
        Account first = tokens().connect(Sample.signedIn(client, user, now()));
        clock().advance(Duration.ofMinutes(1));
        SignedIn again = Sample.signedIn(client, new XUser(user.id(), "renamed"), now());
        Account second = tokens().connect(again);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.generation()).isEqualTo(2);
        assertThat(second.user().username()).isEqualTo("renamed");
        assertThat(second.connectedAt()).isEqualTo(again.at());
        assertThat(tokens().grant(first.id()).orElseThrow().tokens())
                .isEqualTo(again.pair().tokens());
    }

    @Test
    void sameUserUnderAnotherAppIsAnotherAccount() {
        XUser user = Sample.user();
        Account here = tokens().connect(Sample.signedIn(client, user, now()));
        Account there = tokens().connect(Sample.signedIn(client + "-other", user, now()));
        assertThat(there.id()).isNotEqualTo(here.id());
        assertThat(tokens().accountOf(client, user.id())).contains(here);
        assertThat(tokens().accountOf(client + "-third", user.id())).isEmpty();
    }

    @Test
    void signInClearsIntentAndLease() {
        XUser user = Sample.user();
        AccountId id = tokens().connect(Sample.signedIn(client, user, now())).id();
        Lease old = leased(id, one);
        tokens().connect(Sample.signedIn(client, user, now()));
        assertThat(tokens().settle(old, unknown())).isFalse();
        assertThat(tokens().rotate(Sample.rotation(id, 1, now(), one))).isEqualTo(new RotateAnswer.Superseded());
        assertThat(leased(id, two).sends()).isEqualTo(1);
    }

    @Test
    void signInRevivesADisconnectedAccount() {
        XUser user = Sample.user();
        AccountId id = tokens().connect(Sample.signedIn(client, user, now())).id();
        tokens().disconnect(leased(id, one, Lease.Purpose.DISCONNECT), now(), "");
        Account again = tokens().connect(Sample.signedIn(client, user, now()));
        assertThat(again.id()).isEqualTo(id);
        assertThat(again.generation()).isEqualTo(3);
        assertThat(again.state()).isInstanceOf(AccountState.Active.class);
        assertThat(tokens().grant(id)).isPresent();
    }

    @Test
    void unknownAccountIsEmptyEverywhere() {
        AccountId nobody = Sample.accountId();
        assertThat(tokens().account(nobody)).isEmpty();
        assertThat(tokens().grant(nobody)).isEmpty();
        assertThat(tokens().events(nobody, 10)).isEmpty();
        assertThat(tokens().rotate(Sample.rotation(nobody, 1, now(), one))).isEqualTo(new RotateAnswer.Superseded());
    }

    @Test
    void findsByUsernameWithoutCaseNewestFirst() {
        Account older =
                tokens().connect(Sample.signedIn(client, new XUser(Sample.user().id(), "Reused"), now()));
        clock().advance(Duration.ofMinutes(1));
        Account newer =
                tokens().connect(Sample.signedIn(client, new XUser(Sample.user().id(), "reuseD"), now()));
        connected();
        assertThat(tokens().accountsNamed(client, "REUSED")).containsExactly(newer, older);
        assertThat(tokens().accountsNamed(client + "-other", "reused")).isEmpty();
    }

    @Test
    void pagesThroughAccountsInOrderOfId() {
        List<Account> all = List.of(connected(), connected(), connected()).stream()
                .sorted((left, right) -> left.id().compareTo(right.id()))
                .toList();
        assertThat(tokens().accounts(client, Optional.empty(), 2)).isEqualTo(all.subList(0, 2));
        assertThat(tokens().accounts(client, Optional.of(all.get(1).id()), 2)).isEqualTo(all.subList(2, 3));
        assertThat(tokens().accounts(client, Optional.of(all.get(2).id()), 2)).isEmpty();
    }

    @Test
    void rotationReplacesThePairAndEndsIntentAndLease() {
        AccountId id = connected().id();
        Lease lease = leased(id, one);
        Rotation rotation = Sample.rotation(id, 1, clock().advance(Duration.ofSeconds(2)), one);
        assertThat(tokens().rotate(rotation)).isInstanceOfSatisfying(RotateAnswer.Recorded.class, recorded -> {
            assertThat(recorded.grant().generation()).isEqualTo(2);
            assertThat(recorded.grant().tokens()).isEqualTo(rotation.pair().tokens());
        });
        Account account = account(id);
        assertThat(account.state()).isEqualTo(new AccountState.Active(rotation.nextRefreshAt()));
        assertThat(account.rotatedAt()).isEqualTo(rotation.at());
        assertThat(account.accessExpiresAt()).isEqualTo(rotation.pair().accessExpiresAt());
        assertThat(tokens().settle(lease, unknown())).isFalse();
        assertThat(leased(id, two).sends()).isEqualTo(1);
    }

    @Test
    void rotationSurvivesReopening() {
        AccountId id = connected().id();
        Rotation rotation = Sample.rotation(id, 1, now(), one);
        tokens().rotate(rotation);
        reopen();
        assertThat(tokens().grant(id).orElseThrow().tokens())
                .isEqualTo(rotation.pair().tokens());
    }

    @Test
    void sameAnswerTwiceIsRecordedTwiceAndWrittenOnce() {
        AccountId id = connected().id();
        Rotation rotation = Sample.rotation(id, 1, now(), one);
        RotateAnswer first = tokens().rotate(rotation);
        assertThat(tokens().rotate(rotation)).isEqualTo(first);
        assertThat(account(id).generation()).isEqualTo(2);
        assertThat(journal(id)).containsExactly(Kind.ROTATED, Kind.CONNECTED);
    }

    @Test
    void secondAnswerForTheSameGenerationIsSuperseded() {
        AccountId id = connected().id();
        Rotation winner = Sample.rotation(id, 1, now(), one);
        tokens().rotate(winner);
        assertThat(tokens().rotate(Sample.rotation(id, 1, now(), two))).isEqualTo(new RotateAnswer.Superseded());
        assertThat(tokens().grant(id).orElseThrow().tokens())
                .isEqualTo(winner.pair().tokens());
        assertThat(journal(id)).startsWith(Kind.SUPERSEDED);
    }

    @Test
    void answerNeedsNoLease() {
        AccountId id = connected().id();
        leased(id, one);
        clock().advance(FOLLOWED_UP);
        Lease newer = leased(id, two);
        assertThat(tokens().rotate(Sample.rotation(id, 1, now(), one))).isInstanceOf(RotateAnswer.Recorded.class);
        assertThat(tokens().settle(newer, unknown())).isFalse();
    }

    @Test
    void lateAnswerRevivesAnAccountThatNeedsReauthorization() {
        AccountId id = connected().id();
        tokens().settle(leased(id, one), new Settlement.Refused(now(), new LossCause.RefusedByX(), "refused"));
        assertThat(tokens().rotate(Sample.rotation(id, 1, now(), two))).isInstanceOf(RotateAnswer.Recorded.class);
        assertThat(account(id).state()).isInstanceOf(AccountState.Active.class);
        assertThat(claimed(now().plus(Duration.ofDays(1)), 10)).containsExactly(id);
    }

    @Test
    void answerForADisconnectedAccountIsSuperseded() {
        AccountId id = connected().id();
        tokens().disconnect(leased(id, one, Lease.Purpose.DISCONNECT), now(), "");
        assertThat(tokens().rotate(Sample.rotation(id, 1, now(), two))).isEqualTo(new RotateAnswer.Superseded());
        assertThat(tokens().rotate(Sample.rotation(id, 2, now(), two))).isEqualTo(new RotateAnswer.Superseded());
        assertThat(tokens().grant(id)).isEmpty();
    }

    @Test
    void answerIsTakenByAStoreThatWentBackwards() {
        AccountId id = connected().id();
        clock().advance(Duration.ofHours(1));
        leased(id, one);
        Rotation rotation = Sample.rotation(id, 5, now(), one);
        RotateAnswer first = tokens().rotate(rotation);
        assertThat(first).isInstanceOfSatisfying(RotateAnswer.Recorded.class, recorded -> {
            assertThat(recorded.grant().generation()).isEqualTo(6);
            assertThat(recorded.grant().tokens()).isEqualTo(rotation.pair().tokens());
        });
        reopen();
        assertThat(tokens().rotate(rotation)).isEqualTo(first);
        assertThat(journal(id)).containsExactly(Kind.ROTATED, Kind.CONNECTED);
        assertThat(leased(id, two).sends()).isEqualTo(1);
        assertThat(tokens().rotate(Sample.rotation(id, 4, now(), one))).isEqualTo(new RotateAnswer.Superseded());
    }

    @Test
    void answerFromBeforeTheLatestSignInIsNotTakenByAStoreThatWentBackwards() {
        Instant beforeTheSignIn = now();
        clock().advance(Duration.ofMinutes(1));
        Account account = connected();
        Grant grant = tokens().grant(account.id()).orElseThrow();
        Rotation old = Sample.rotation(account.id(), 5, beforeTheSignIn, one);
        assertThat(tokens().rotate(old)).isEqualTo(new RotateAnswer.Superseded());
        assertThat(tokens().grant(account.id())).contains(grant);
    }

    @Test
    void laterAnswerForADisconnectedAccountIsSuperseded() {
        AccountId id = connected().id();
        tokens().disconnect(leased(id, one, Lease.Purpose.DISCONNECT), now(), "");
        assertThat(tokens().rotate(Sample.rotation(id, 7, now(), two))).isEqualTo(new RotateAnswer.Superseded());
        assertThat(tokens().grant(id)).isEmpty();
    }

    @Test
    void journalTellsTheLifeOfAnAccountNewestFirst() {
        AccountId id = connected().id();
        Lease lease = leased(id, one);
        tokens().settle(lease, unknown());
        tokens().rotate(Sample.rotation(id, 1, now(), two));
        AccountEvent noted = new AccountEvent(id, now(), Kind.SPOOLED, 1, one.value(), "the store was away");
        tokens().note(noted);
        assertThat(journal(id)).containsExactly(Kind.SPOOLED, Kind.ROTATED, Kind.ANSWER_MISSING, Kind.CONNECTED);
        assertThat(tokens().events(id, 1)).containsExactly(noted);
        AccountEvent rotated = tokens().events(id, 2).get(1);
        assertThat(rotated).isEqualTo(new AccountEvent(id, now(), Kind.ROTATED, 2, two.value(), "took 321 ms"));
    }

    @Test
    void entryForAnUnknownAccountIsAMistake() {
        AccountId nobody = Sample.accountId();
        assertThatThrownBy(() -> tokens().note(new AccountEvent(nobody, now(), Kind.SPOOLED, 1, "node", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(nobody.value());
    }

    private Settlement unknown() {
        return new Settlement.Unknown(now(), now().plus(Duration.ofMinutes(1)), "read timed out");
    }
}
