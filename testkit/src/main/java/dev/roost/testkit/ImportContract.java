package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.IssuedPair;
import dev.roost.core.Lease;
import dev.roost.core.RefreshToken;
import dev.roost.core.Rotation;
import dev.roost.core.SignIn;
import dev.roost.core.SignInStatus;
import dev.roost.core.SignInStore.ImportAnswer;
import dev.roost.core.SignedIn;
import dev.roost.core.TokenPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store promises about imports: a refresh token is spent by one of those who bring it, once. */
public abstract class ImportContract extends StoreContract {
    private final RefreshToken token = Sample.tokens().refresh();

    @Test
    void openedImportIsExchangingAndSurvivesReopening() {
        SignIn signIn = opened();
        assertThat(standing(signIn).status()).isEqualTo(new SignInStatus.Exchanging());
        reopen();
        SignIn kept = standing(signIn);
        assertThat(kept.status()).isEqualTo(new SignInStatus.Exchanging());
        assertThat(kept.createdAt()).isEqualTo(signIn.createdAt());
        assertThat(signIns().unidentified(client, 10)).isEmpty();
    }

    @Test
    void sameCallAfterALostAnswerIsOpenedAgain() {
        SignIn signIn = opened();
        assertThat(signIns().openImport(signIn, token)).isEqualTo(new ImportAnswer.Opened());
    }

    @Test
    void secondImportOfTheSameTokenIsUnderWayForTwoMinutes() {
        SignIn first = opened();
        clock().advance(Duration.ofMinutes(2).minusMillis(1));
        SignIn second = newImport();
        assertThat(signIns().openImport(second, token)).isEqualTo(new ImportAnswer.UnderWay(standing(first)));
        assertThat(signIns().signIn(second.id())).isEmpty();
        clock().advance(Duration.ofMillis(1));
        assertThat(signIns().openImport(newImport(), token)).isEqualTo(new ImportAnswer.Opened());
        assertThat(standing(first).status())
                .isInstanceOfSatisfying(
                        SignInStatus.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo("answer_missing"));
    }

    @Test
    void lateAnswerOfAnImportThatWasGivenUpIsKept() {
        SignIn slow = opened();
        clock().advance(Duration.ofMinutes(2));
        opened();
        signIns().exchanged(slow.id(), Sample.pair(now()), now());
        assertThat(signIns().unidentified(client, 10))
                .extracting(waiting -> waiting.signIn().id())
                .containsExactly(slow.id());
    }

    @Test
    void otherTokenAndOtherAppAreNobodysBusiness() {
        opened();
        assertThat(signIns().openImport(newImport(), Sample.tokens().refresh())).isEqualTo(new ImportAnswer.Opened());
        SignIn elsewhere = Sample.importOf(client + "-other", now());
        assertThat(signIns().openImport(elsewhere, token)).isEqualTo(new ImportAnswer.Opened());
    }

    @Test
    void failedImportMayBeTriedAgain() {
        SignIn first = opened();
        signIns().finish(first.id(), new SignInStatus.Failed("not_sent", "try again"));
        assertThat(signIns().openImport(newImport(), token)).isEqualTo(new ImportAnswer.Opened());
    }

    @Test
    void importWhosePairWaitsForItsUserHasSpentTheTokenHoweverLongAgo() {
        SignIn first = opened();
        signIns().exchanged(first.id(), Sample.pair(now()), now());
        clock().advance(Duration.ofDays(3));
        assertThat(signIns().openImport(newImport(), token)).isEqualTo(new ImportAnswer.UnderWay(standing(first)));
    }

    @Test
    void importThatGotTheSameRefreshTokenAgainHasNotSpentItAndMayBeRenewed() {
        SignIn first = opened();
        IssuedPair sample = Sample.pair(now());
        IssuedPair same = new IssuedPair(
                new TokenPair(sample.tokens().access(), token), sample.accessExpiresAt(), sample.scopes());
        signIns().exchanged(first.id(), same, now());
        SignIn renewal = newImport();
        assertThat(signIns().openImport(renewal, token)).isEqualTo(new ImportAnswer.Opened());
        assertThat(signIns().openImport(newImport(), token))
                .as("one at a time")
                .isEqualTo(new ImportAnswer.UnderWay(standing(renewal)));
        assertThat(signIns().admit(first.id(), Sample.signedIn(client, same, now()), Optional.empty()))
                .as("the renewal is under way")
                .isEmpty();
        IssuedPair renewed = Sample.pair(now());
        signIns().exchanged(renewal.id(), renewed, now());
        assertThat(signIns().admit(renewal.id(), Sample.signedIn(client, renewed, now()), Optional.empty()))
                .isPresent();
    }

    @Test
    void liveTokenIsKept() {
        Account account = connected();
        RefreshToken live = live(account.id());
        SignIn signIn = newImport();
        assertThat(signIns().openImport(signIn, live)).isEqualTo(new ImportAnswer.Kept(account));
        assertThat(signIns().signIn(signIn.id())).isEmpty();
        assertThat(signIns().openImport(Sample.importOf(client + "-other", now()), live))
                .isEqualTo(new ImportAnswer.Opened());
    }

    @Test
    void tokenThatARotationSpentIsSpentEvenIfTheAccountIsGone() {
        AccountId id = connected().id();
        RefreshToken old = live(id);
        Instant at = clock().advance(Duration.ofMinutes(1));
        tokens().rotate(Sample.rotation(id, 1, at, one));
        clock().advance(Duration.ofDays(40));
        assertThat(signIns().openImport(newImport(), old)).isEqualTo(new ImportAnswer.Spent(account(id), at));
        assertThat(signIns().openImport(Sample.importOf(client + "-other", now()), old))
                .isEqualTo(new ImportAnswer.Opened());
        tokens().disconnect(leased(id, one, Lease.Purpose.DISCONNECT), now(), "");
        reopen();
        assertThat(signIns().openImport(newImport(), old)).isEqualTo(new ImportAnswer.Spent(account(id), at));
    }

    @Test
    void tokenThatAnImportSpentIsSpent() {
        SignIn first = opened();
        IssuedPair pair = Sample.pair(now());
        signIns().exchanged(first.id(), pair, now());
        Instant at = clock().advance(Duration.ofSeconds(3));
        Account account = signIns()
                .admit(first.id(), Sample.signedIn(client, pair, now()), Optional.empty())
                .orElseThrow();
        assertThat(signIns().openImport(newImport(), token)).isEqualTo(new ImportAnswer.Spent(account, at));
        assertThat(signIns().openImport(newImport(), pair.tokens().refresh()))
                .isEqualTo(new ImportAnswer.Kept(account));
    }

    @Test
    void tokenThatXDidNotReplaceIsNotSpent() {
        Account account = connected();
        var tokens = tokens().grant(account.id()).orElseThrow().tokens();
        Rotation rotation = Sample.rotation(account.id(), 1, now(), one);
        IssuedPair same = new IssuedPair(
                tokens, rotation.pair().accessExpiresAt(), rotation.pair().scopes());
        tokens().rotate(new Rotation(
                account.id(), 1, same, rotation.nextRefreshAt(), rotation.at(), rotation.took(), rotation.node()));
        assertThat(signIns().openImport(newImport(), tokens.refresh()))
                .isEqualTo(new ImportAnswer.Kept(account(account.id())));
        tokens().connect(signedIn(account));
        assertThat(signIns().openImport(newImport(), tokens.refresh())).isEqualTo(new ImportAnswer.Opened());
    }

    @Test
    void tokenIsOpenedForOneOfManyThreads() throws InterruptedException, ExecutionException {
        List<ImportAnswer> answers = atOnce(
                Stream.generate(this::newImport).limit(16).toList(),
                signIn -> signIns().openImport(signIn, token));
        assertThat(answers).filteredOn(ImportAnswer.Opened.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(ImportAnswer.UnderWay.class::isInstance).hasSize(15);
    }

    @Test
    void staleImportIsTakenOverByOneOfManyThreads() throws InterruptedException, ExecutionException {
        opened();
        clock().advance(Duration.ofMinutes(3));
        List<ImportAnswer> answers = atOnce(
                Stream.generate(this::newImport).limit(16).toList(),
                signIn -> signIns().openImport(signIn, token));
        assertThat(answers).filteredOn(ImportAnswer.Opened.class::isInstance).hasSize(1);
    }

    @Test
    void wholeImportsByManyThreadsSpendTheTokenOnce() throws InterruptedException, ExecutionException {
        List<Boolean> spent = atOnce(Stream.generate(this::newImport).limit(16).toList(), this::imported);
        assertThat(spent).filteredOn(Boolean::booleanValue).hasSize(1);
    }

    private boolean imported(SignIn signIn) {
        if (!(signIns().openImport(signIn, token) instanceof ImportAnswer.Opened)) {
            return false;
        }
        IssuedPair pair = Sample.pair(now());
        signIns().exchanged(signIn.id(), pair, now());
        return signIns()
                .admit(signIn.id(), Sample.signedIn(client, pair, now()), Optional.empty())
                .isPresent();
    }

    private SignedIn signedIn(Account account) {
        return Sample.signedIn(client, account.user(), now());
    }

    private RefreshToken live(AccountId id) {
        return tokens().grant(id).orElseThrow().tokens().refresh();
    }

    private SignIn standing(SignIn signIn) {
        return signIns().signIn(signIn.id()).orElseThrow();
    }

    private SignIn newImport() {
        return Sample.importOf(client, now());
    }

    private SignIn opened() {
        SignIn signIn = newImport();
        assertThat(signIns().openImport(signIn, token)).isEqualTo(new ImportAnswer.Opened());
        return signIn;
    }
}
