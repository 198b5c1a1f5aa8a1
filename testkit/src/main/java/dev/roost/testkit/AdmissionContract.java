package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.AccountEvent.Kind;
import dev.roost.core.AccountState;
import dev.roost.core.Grant;
import dev.roost.core.IssuedPair;
import dev.roost.core.RefreshToken;
import dev.roost.core.Secret;
import dev.roost.core.SignIn;
import dev.roost.core.SignInStatus;
import dev.roost.core.SignInStore.ImportAnswer;
import dev.roost.core.SignInStore.Unidentified;
import dev.roost.core.SignedIn;
import dev.roost.core.XUser;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** What every store promises about a pair that waits for its user, and about making it an account's. */
public abstract class AdmissionContract extends StoreContract {
    private final XUser user = Sample.user();

    @Test
    void admittedPairIsTheAccountsAndTheSignInForgetsIt() {
        SignIn signIn = exchanged(now());
        SignedIn signedIn = signedIn(pairOf(signIn));
        Account account =
                signIns().admit(signIn.id(), signedIn, Optional.empty()).orElseThrow();
        assertThat(account.id()).isEqualTo(signedIn.newId());
        reopen();
        assertThat(tokens().grant(account.id()))
                .contains(new Grant(account, signedIn.pair().tokens()));
        assertThat(journal(account.id())).containsExactly(Kind.CONNECTED);
        assertThat(status(signIn)).isEqualTo(new SignInStatus.Connected(account.id()));
        assertThat(signIns().unidentified(client, 10)).isEmpty();
    }

    @Test
    void admittingOnceMoreChangesNothing() {
        SignIn signIn = exchanged(now());
        SignedIn signedIn = signedIn(pairOf(signIn));
        Account account =
                signIns().admit(signIn.id(), signedIn, Optional.empty()).orElseThrow();
        SignInStatus before = status(signIn);
        assertThat(signIns().admit(signIn.id(), signedIn, Optional.of(wrongUser())))
                .isEmpty();
        assertThat(account(account.id())).isEqualTo(account);
        assertThat(status(signIn)).isEqualTo(before);
    }

    @Test
    void pairThatIsTheAccountsByNowMayBeKeptOnceMore() {
        SignIn signIn = exchanged(now());
        SignedIn signedIn = signedIn(pairOf(signIn));
        Account account =
                signIns().admit(signIn.id(), signedIn, Optional.empty()).orElseThrow();
        signIns().exchanged(signIn.id(), signedIn.pair(), now());
        assertThat(status(signIn)).isEqualTo(new SignInStatus.Connected(account.id()));
        assertThat(signIns().unidentified(client, 10)).isEmpty();
        assertThat(account(account.id())).isEqualTo(account);
        clock().advance(Duration.ofSeconds(1));
        Account newer = tokens().connect(Sample.signedIn(client, user, now()));
        signIns().exchanged(signIn.id(), signedIn.pair(), now());
        assertThat(account(account.id())).isEqualTo(newer);
    }

    @Test
    void nothingIsAdmittedWithoutAPair() {
        SignIn signIn = Sample.importOf(client, now());
        signIns().openImport(signIn, Sample.tokens().refresh());
        SignedIn signedIn = signedIn(Sample.pair(now()));
        assertThat(signIns().admit(signIn.id(), signedIn, Optional.empty())).isEmpty();
        assertThat(signIns().admit("con_00000000000000000000", signedIn, Optional.empty()))
                .isEmpty();
        assertThat(status(signIn)).isEqualTo(new SignInStatus.Exchanging());
        assertThat(tokens().accountOf(client, user.id())).isEmpty();
    }

    @Test
    void pairIsTheAccountsEvenIfTheSignInFails() {
        SignIn signIn = exchanged(now());
        SignedIn signedIn = signedIn(pairOf(signIn));
        Account account =
                signIns().admit(signIn.id(), signedIn, Optional.of(wrongUser())).orElseThrow();
        assertThat(tokens().grant(account.id()).orElseThrow().tokens())
                .isEqualTo(signedIn.pair().tokens());
        assertThat(status(signIn)).isEqualTo(wrongUser());
        assertThat(signIns().unidentified(client, 10)).isEmpty();
    }

    @Test
    void admissionOverAnAccountReplacesItsPairAndClearsTheLease() {
        Account old = tokens().connect(Sample.signedIn(client, user, now()));
        leased(old.id(), one);
        SignIn signIn = exchanged(clock().advance(Duration.ofSeconds(1)));
        Account account = signIns()
                .admit(signIn.id(), signedIn(pairOf(signIn)), Optional.empty())
                .orElseThrow();
        assertThat(account.id()).isEqualTo(old.id());
        assertThat(account.generation()).isEqualTo(2);
        assertThat(account.state()).isInstanceOf(AccountState.Active.class);
        assertThat(leased(account.id(), two).sends()).isEqualTo(1);
    }

    @Test
    void pairThatALaterSignInKilledIsForgotten() {
        SignIn signIn = exchanged(now());
        SignedIn late = signedIn(pairOf(signIn));
        clock().advance(Duration.ofMinutes(1));
        Account newer = tokens().connect(Sample.signedIn(client, user, now()));
        Grant grant = tokens().grant(newer.id()).orElseThrow();
        assertThat(signIns().admit(signIn.id(), late, Optional.of(wrongUser()))).isEmpty();
        assertThat(tokens().grant(newer.id())).contains(grant);
        assertThat(journal(newer.id())).containsExactly(Kind.CONNECTED);
        assertThat(signIns().unidentified(client, 10)).isEmpty();
        assertThat(status(signIn))
                .isInstanceOfSatisfying(
                        SignInStatus.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo("superseded"));
    }

    @Test
    void ofTwoWaitingPairsTheLaterIssuedWinsInEitherOrder() {
        for (boolean earlierFirst : List.of(true, false)) {
            SignIn earlier = exchanged(clock().advance(Duration.ofMinutes(1)));
            SignIn later = exchanged(clock().advance(Duration.ofMinutes(1)));
            IssuedPair live = pairOf(later);
            clock().advance(Duration.ofMinutes(1));
            for (SignIn signIn : earlierFirst ? List.of(earlier, later) : List.of(later, earlier)) {
                var _ = signIns().admit(signIn.id(), signedIn(pairOf(signIn)), Optional.empty());
                clock().advance(Duration.ofSeconds(1));
            }
            Account account = tokens().accountOf(client, user.id()).orElseThrow();
            assertThat(tokens().grant(account.id()).orElseThrow().tokens()).isEqualTo(live.tokens());
        }
    }

    @Test
    void waitingPairsComeOldestFirstUpToTheLimit() {
        Instant start = now();
        SignIn second = exchanged(start.plusSeconds(2));
        SignIn first = exchanged(start.plusSeconds(1));
        SignIn third = exchanged(start.plusSeconds(3));
        assertThat(signIns().unidentified(client, 2))
                .extracting(waiting -> waiting.signIn().id())
                .containsExactly(first.id(), second.id());
        assertThat(signIns().unidentified(client, 9)).hasSize(3).last().satisfies(waiting -> {
            assertThat(waiting.signIn().id()).isEqualTo(third.id());
            assertThat(waiting.at()).isEqualTo(start.plusSeconds(3));
        });
    }

    @Test
    void secondPairReplacesTheFirst() {
        SignIn signIn = exchanged(now());
        IssuedPair second = Sample.pair(now());
        signIns().exchanged(signIn.id(), second, now().plusSeconds(1));
        assertThat(signIns().unidentified(client, 10)).singleElement().satisfies(waiting -> {
            assertThat(waiting.pair()).isEqualTo(second);
            assertThat(waiting.at()).isEqualTo(now().plusSeconds(1));
        });
    }

    @Test
    void pairThatWasReplacedIsNotAdmitted() {
        SignIn signIn = exchanged(now());
        SignedIn old = signedIn(pairOf(signIn));
        IssuedPair second = Sample.pair(now());
        signIns().exchanged(signIn.id(), second, now());
        assertThat(signIns().admit(signIn.id(), old, Optional.empty())).isEmpty();
        assertThat(tokens().accountOf(client, user.id())).isEmpty();
        assertThat(pairOf(signIn)).isEqualTo(second);
        assertThat(signIns().admit(signIn.id(), signedIn(second), Optional.empty()))
                .isPresent();
    }

    @Test
    void pairIsAdmittedByOneOfManyThreads() throws InterruptedException, ExecutionException {
        SignIn signIn = exchanged(now());
        SignedIn signedIn = signedIn(pairOf(signIn));
        List<Optional<Account>> answers =
                atOnce(Collections.nCopies(16, signIn), same -> signIns().admit(same.id(), signedIn, Optional.empty()));
        assertThat(answers).filteredOn(Optional::isPresent).hasSize(1);
        Account account = tokens().accountOf(client, user.id()).orElseThrow();
        assertThat(account.generation()).isEqualTo(1);
        assertThat(status(signIn)).isEqualTo(new SignInStatus.Connected(account.id()));
    }

    @Test
    void pairWhoseTokenAnImportIsSpendingStaysWhereItIs() {
        SignIn signIn = exchanged(now());
        SignedIn signedIn = signedIn(pairOf(signIn));
        SignIn renewal = Sample.importOf(client, now());
        assertThat(signIns().openImport(renewal, tokenOf(signedIn))).isEqualTo(new ImportAnswer.Opened());
        clock().advance(Duration.ofMinutes(3));
        assertThat(signIns().admit(signIn.id(), signedIn, Optional.empty())).isEmpty();
        assertThat(status(signIn)).isEqualTo(new SignInStatus.Exchanged());
        assertThat(pairOf(signIn)).isEqualTo(signedIn.pair());
        signIns().finish(renewal.id(), new SignInStatus.Failed("not_sent", "try again"));
        assertThat(signIns().admit(signIn.id(), signedIn, Optional.empty())).isPresent();
    }

    @Test
    void pairWhoseTokenAnImportSpentIsNotAdmittedOverItsSuccessor() {
        SignIn signIn = exchanged(now());
        SignedIn old = signedIn(pairOf(signIn));
        SignIn renewal = Sample.importOf(client, now());
        signIns().openImport(renewal, tokenOf(old));
        SignedIn next = signedIn(Sample.pair(now()));
        // Its clock is behind, so that the old pair seems to be the newer one.
        signIns().exchanged(renewal.id(), next.pair(), now().minusSeconds(60));
        assertThat(signIns().admit(signIn.id(), old, Optional.empty())).isEmpty();
        Account account = signIns().admit(renewal.id(), next, Optional.empty()).orElseThrow();
        assertThat(signIns().admit(signIn.id(), old, Optional.empty())).isEmpty();
        assertThat(status(signIn)).isEqualTo(new SignInStatus.Connected(account.id()));
        assertThat(signIns().unidentified(client, 10)).isEmpty();
        assertThat(tokens().grant(account.id()))
                .contains(new Grant(account, next.pair().tokens()));
    }

    @Test
    void pairIsAdmittedOrItsTokenSpentByAnImportButNotBoth() throws InterruptedException, ExecutionException {
        for (int round = 0; round < 20; round++) {
            SignIn signIn = exchanged(clock().advance(Duration.ofSeconds(1)));
            SignedIn signedIn = signedIn(pairOf(signIn));
            SignIn renewal = Sample.importOf(client, now());
            List<Boolean> may = atOnce(
                    List.of(signIn, renewal),
                    one -> one.equals(signIn)
                            ? signIns()
                                    .admit(one.id(), signedIn, Optional.empty())
                                    .isPresent()
                            : signIns().openImport(one, tokenOf(signedIn)) instanceof ImportAnswer.Opened);
            assertThat(may).as("round " + round).containsExactlyInAnyOrder(true, false);
            signIns().finish(signIn.id(), wrongUser());
        }
    }

    private static RefreshToken tokenOf(SignedIn signedIn) {
        return signedIn.pair().tokens().refresh();
    }

    private SignIn exchanged(Instant at) {
        SignIn signIn = Sample.signIn(client, at);
        signIns().open(signIn, Secret.of("state-" + Sample.hex(32)), Secret.of("verifier-" + Sample.hex(32)));
        signIns().exchanged(signIn.id(), Sample.pair(at), at);
        return signIn;
    }

    private IssuedPair pairOf(SignIn signIn) {
        return signIns().unidentified(client, 10).stream()
                .filter(waiting -> waiting.signIn().id().equals(signIn.id()))
                .map(Unidentified::pair)
                .findFirst()
                .orElseThrow();
    }

    private SignedIn signedIn(IssuedPair pair) {
        SignedIn sample = Sample.signedIn(client, pair, now());
        return new SignedIn(
                sample.newId(),
                sample.clientId(),
                user,
                pair,
                sample.nextRefreshAt(),
                sample.at(),
                sample.node(),
                sample.how());
    }

    private SignInStatus status(SignIn signIn) {
        return signIns().signIn(signIn.id()).orElseThrow().status();
    }

    private static SignInStatus.Failed wrongUser() {
        return new SignInStatus.Failed("wrong_user", "it was @somebody; sign in as @else");
    }
}
