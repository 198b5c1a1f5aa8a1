package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.AccountFigures;
import dev.roost.core.AccountId;
import dev.roost.core.Grant;
import dev.roost.core.Holding;
import dev.roost.core.IssuedPair;
import dev.roost.core.Lease;
import dev.roost.core.LossCause;
import dev.roost.core.RefreshToken;
import dev.roost.core.Rotation;
import dev.roost.core.Settlement;
import dev.roost.core.SignIn;
import dev.roost.core.SignInStatus;
import dev.roost.core.SignedIn;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store promises about knowing a token that somebody brings, and about counting accounts. */
public abstract class HoldingContract extends StoreContract {
    private final RefreshToken token = Sample.tokens().refresh();

    @Test
    void tokenThatNobodyHadIsNobodys() {
        connected();
        assertThat(holding(token)).isEmpty();
    }

    @Test
    void tokenOfAnAccountIsLiveUnderItsAppOnly() {
        Account account = connected();
        assertThat(holding(live(account.id()))).contains(new Holding.Live(account));
        assertThat(tokens().holding(client + "-other", live(account.id()), now()))
                .isEmpty();
    }

    @Test
    void refusedTokenIsStillTheAccounts() {
        AccountId id = connected().id();
        tokens().settle(leased(id, one), new Settlement.Refused(now(), new LossCause.RefusedByX(), "refused"));
        assertThat(holding(live(id))).contains(new Holding.Live(account(id)));
    }

    @Test
    void spentTokenIsThePredecessorUntilTheNextRotation() {
        AccountId id = connected().id();
        RefreshToken first = live(id);
        Instant at = clock().advance(Duration.ofMinutes(1));
        tokens().rotate(Sample.rotation(id, 1, at, one));
        reopen();
        Holding.Spent spent = new Holding.Spent(account(id), 2, at);
        assertThat(holding(first)).contains(spent);
        assertThat(spent.isPredecessor()).isTrue();
        tokens().rotate(Sample.rotation(id, 2, clock().advance(Duration.ofMinutes(1)), one));
        spent = new Holding.Spent(account(id), 2, at);
        assertThat(holding(first)).contains(spent);
        assertThat(spent.isPredecessor()).isFalse();
    }

    @Test
    void spentTokenIsNoPredecessorAfterANewSignInOrADisconnection() {
        Account account = connected();
        RefreshToken first = live(account.id());
        tokens().rotate(Sample.rotation(account.id(), 1, now(), one));
        tokens().connect(Sample.signedIn(client, account.user(), now()));
        assertThat(spent(first).isPredecessor()).isFalse();
        RefreshToken third = live(account.id());
        tokens().rotate(Sample.rotation(account.id(), 3, now(), one));
        assertThat(spent(third).isPredecessor()).isTrue();
        tokens().disconnect(leased(account.id(), one, Lease.Purpose.DISCONNECT), now(), "");
        assertThat(spent(third).isPredecessor()).isFalse();
    }

    @Test
    void tokenThatXDidNotReplaceStaysLive() {
        Account account = connected();
        Grant grant = tokens().grant(account.id()).orElseThrow();
        Rotation sample = Sample.rotation(account.id(), 1, now(), one);
        IssuedPair same = new IssuedPair(
                grant.tokens(), sample.pair().accessExpiresAt(), sample.pair().scopes());
        tokens().rotate(new Rotation(
                account.id(), 1, same, sample.nextRefreshAt(), sample.at(), sample.took(), sample.node()));
        assertThat(holding(grant.tokens().refresh())).contains(new Holding.Live(account(account.id())));
    }

    @Test
    void importHasItsTokenWhileItIsUnderWayAndThenTheAccountHas() {
        SignIn signIn = Sample.importOf(client, now());
        signIns().openImport(signIn, token);
        assertThat(holding(token)).contains(new Holding.Importing(standing(signIn)));
        assertThat(tokens().holding(client + "-other", token, now())).isEmpty();
        IssuedPair pair = Sample.pair(now());
        signIns().exchanged(signIn.id(), pair, now());
        clock().advance(Duration.ofDays(1));
        assertThat(holding(token)).contains(new Holding.Importing(standing(signIn)));
        SignedIn signedIn = Sample.signedIn(client, pair, now());
        Account account =
                signIns().admit(signIn.id(), signedIn, Optional.empty()).orElseThrow();
        assertThat(holding(token)).contains(new Holding.Spent(account, 1, now()));
        assertThat(spent(token).isPredecessor()).isTrue();
    }

    @Test
    void importThatWasNotFinishedHasItsTokenForTwoMinutes() {
        SignIn signIn = Sample.importOf(client, now());
        signIns().openImport(signIn, token);
        clock().advance(Duration.ofMinutes(2).minusMillis(1));
        assertThat(holding(token)).isPresent();
        clock().advance(Duration.ofMillis(1));
        assertThat(holding(token)).isEmpty();
    }

    @Test
    void failedImportHasNothing() {
        SignIn signIn = Sample.importOf(client, now());
        signIns().openImport(signIn, token);
        signIns().finish(signIn.id(), new SignInStatus.Failed("not_sent", "try again"));
        assertThat(holding(token)).isEmpty();
    }

    @Test
    void appWithoutAccountsHasNoFigures() {
        assertThat(tokens().figures(client, now()))
                .isEqualTo(new AccountFigures(0, 0, 0, 0, 0, 0, 0, Optional.empty()));
    }

    @Test
    void figuresCountEveryAccountOfTheAppOnce() {
        Instant first = connected().accessExpiresAt();
        clock().advance(Duration.ofMinutes(1));
        connected();
        AccountId uncertain = connected().id();
        AccountId underWay = connected().id();
        AccountId refused = connected().id();
        AccountId gone = connected().id();
        tokens().connect(Sample.signedIn(client + "-other", Sample.user(), now()));
        tokens().settle(leased(uncertain, one), new Settlement.Unknown(now(), now().plusSeconds(60), "timeout"));
        tokens().settle(leased(refused, one), new Settlement.Refused(now(), new LossCause.RefusedByX(), ""));
        tokens().disconnect(leased(gone, one, Lease.Purpose.DISCONNECT), now(), "");
        leased(underWay, two);
        assertThat(tokens().figures(client, now()))
                .isEqualTo(new AccountFigures(3, 1, 1, 1, 2, 0, 0, Optional.of(first)));
        clock().advance(LEASE);
        assertThat(tokens().figures(client, now()).uncertain())
                .as("nobody answers for the refresh any more")
                .isEqualTo(2);
    }

    @Test
    void figuresCountADisconnectionUnderWayAsActiveAndARetryUnderWayAsUncertain() {
        AccountId id = connected().id();
        Lease leaving = leased(id, one, Lease.Purpose.DISCONNECT);
        assertThat(tokens().figures(client, now()).active()).isOne();
        tokens().settle(leaving, new Settlement.NotSpent(now(), now(), ""));
        tokens().settle(leased(id, one), new Settlement.Unknown(now(), now(), "timeout"));
        leased(id, one);
        AccountFigures figures = tokens().figures(client, now());
        assertThat(figures.uncertain()).isOne();
        assertThat(figures.active()).isZero();
    }

    @Test
    void figuresCountWhatExpiresWithinFiveMinutes() {
        Account account = connected();
        Instant expiry = account.accessExpiresAt();
        Instant soon = expiry.minus(AccountFigures.SOON);
        assertThat(tokens().figures(client, soon.minusMillis(1)).expiringSoon()).isZero();
        assertThat(tokens().figures(client, soon).expiringSoon()).isOne();
        assertThat(tokens().figures(client, expiry.plusSeconds(1)).expiringSoon())
                .isOne();
        tokens().settle(leased(account.id(), one), new Settlement.Refused(now(), new LossCause.RefusedByX(), ""));
        AccountFigures figures = tokens().figures(client, soon);
        assertThat(figures.expiringSoon()).isZero();
        assertThat(figures.earliestExpiry()).isEmpty();
    }

    private Optional<Holding> holding(RefreshToken wanted) {
        return tokens().holding(client, wanted, now());
    }

    private Holding.Spent spent(RefreshToken wanted) {
        return (Holding.Spent) holding(wanted).orElseThrow();
    }

    private RefreshToken live(AccountId id) {
        return tokens().grant(id).orElseThrow().tokens().refresh();
    }

    private SignIn standing(SignIn signIn) {
        return signIns().signIn(signIn.id()).orElseThrow();
    }
}
