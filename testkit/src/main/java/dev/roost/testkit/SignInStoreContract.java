package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.IssuedPair;
import dev.roost.core.Secret;
import dev.roost.core.SignIn;
import dev.roost.core.SignInStatus;
import dev.roost.core.SignInStore.StateAnswer;
import dev.roost.core.SignInStore.Unidentified;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store promises about sign-ins. */
public abstract class SignInStoreContract extends StoreContract {
    private final Secret state = Secret.of("state-" + Sample.hex(32));
    private final Secret verifier = Secret.of("verifier-" + Sample.hex(32));

    @Test
    void openedSignInIsPendingAndSurvivesReopening() {
        SignIn signIn = opened();
        reopen();
        assertThat(signIns().signIn(signIn.id())).contains(signIn);
        assertThat(signIns().signIn("con_00000000000000000000")).isEmpty();
    }

    @Test
    void originOfASignInIsKeptToTheEnd() {
        SignIn signIn = Sample.signInForProgram(client, now());
        signIns().open(signIn, state, verifier);
        reopen();
        assertThat(signIns().signIn(signIn.id())).contains(signIn);
        signIns().claim(state, now());
        signIns().finish(signIn.id(), new SignInStatus.Denied());
        assertThat(signIns().signIn(signIn.id())).contains(signIn.with(new SignInStatus.Denied()));
    }

    @Test
    void openingAgainAfterALostAnswerChangesNothing() {
        SignIn signIn = opened();
        signIns().open(signIn, state, verifier);
        signIns().claim(state, now());
        signIns().open(signIn, state, verifier);
        assertThat(signIns().signIn(signIn.id()).orElseThrow().status()).isEqualTo(new SignInStatus.Exchanging());
    }

    @Test
    void stateGivesTheVerifierOnce() {
        SignIn signIn = opened();
        assertThat(signIns().claim(state, now())).isInstanceOfSatisfying(StateAnswer.Yours.class, yours -> {
            assertThat(yours.signIn().id()).isEqualTo(signIn.id());
            assertThat(yours.signIn().status()).isEqualTo(new SignInStatus.Exchanging());
            assertThat(yours.codeVerifier()).isEqualTo(verifier);
        });
        assertThat(signIns().claim(state, now()))
                .isInstanceOfSatisfying(
                        StateAnswer.Used.class,
                        used -> assertThat(used.signIn().status()).isEqualTo(new SignInStatus.Exchanging()));
    }

    @Test
    void stateIsUsedUpByOneOfManyThreads() throws InterruptedException, ExecutionException {
        opened();
        List<Callable<StateAnswer>> callers = Stream.generate(
                        () -> (Callable<StateAnswer>) () -> signIns().claim(state, now()))
                .limit(16)
                .toList();
        int winners = 0;
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<StateAnswer> caller : pool.invokeAll(callers)) {
                winners += caller.get() instanceof StateAnswer.Yours ? 1 : 0;
            }
        }
        assertThat(winners).isEqualTo(1);
    }

    @Test
    void unknownStateIsUnknown() {
        assertThat(signIns().claim(Secret.of("never-" + Sample.hex(32)), now())).isEqualTo(new StateAnswer.Unknown());
    }

    @Test
    void lateStateIsExpiredFromThenOn() {
        SignIn signIn = opened();
        clock().advance(Duration.ofMinutes(10));
        assertThat(signIns().claim(state, now())).isInstanceOf(StateAnswer.Expired.class);
        assertThat(signIns().claim(state, now())).isInstanceOf(StateAnswer.Expired.class);
        assertThat(signIns().signIn(signIn.id()).orElseThrow().status()).isEqualTo(new SignInStatus.Expired());
    }

    @Test
    void exchangedPairWaitsForItsUserAcrossRestarts() {
        SignIn signIn = opened();
        signIns().claim(state, now());
        IssuedPair pair = Sample.pair(now());
        signIns().exchanged(signIn.id(), pair, now());
        reopen();
        assertThat(signIns().unidentified(client, 10)).hasSize(1).first().satisfies(waiting -> {
            assertThat(waiting.signIn().id()).isEqualTo(signIn.id());
            assertThat(waiting.signIn().status()).isEqualTo(new SignInStatus.Exchanged());
            assertThat(waiting.pair()).isEqualTo(pair);
            assertThat(waiting.at()).isEqualTo(now());
        });
        assertThat(signIns().unidentified(client + "-other", 10)).isEmpty();
    }

    @Test
    void repeatedExchangeKeepsTheSamePair() {
        SignIn signIn = opened();
        signIns().claim(state, now());
        IssuedPair pair = Sample.pair(now());
        signIns().exchanged(signIn.id(), pair, now());
        signIns().exchanged(signIn.id(), pair, now());
        assertThat(signIns().unidentified(client, 10)).map(Unidentified::pair).containsExactly(pair);
    }

    @Test
    void finishedSignInForgetsItsSecrets() {
        SignIn signIn = opened();
        signIns().claim(state, now());
        signIns().exchanged(signIn.id(), Sample.pair(now()), now());
        SignInStatus connected = new SignInStatus.Connected(Sample.accountId());
        signIns().finish(signIn.id(), connected);
        assertThat(signIns().unidentified(client, 10)).isEmpty();
        assertThat(signIns().signIn(signIn.id()).orElseThrow().status()).isEqualTo(connected);
        assertThatThrownBy(() -> signIns().exchanged(signIn.id(), Sample.pair(now()), now()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(signIn.id());
    }

    @Test
    void everyFinalStatusIsKept() {
        for (SignInStatus status : List.of(
                new SignInStatus.Denied(),
                new SignInStatus.Expired(),
                new SignInStatus.Failed("wrong_user", "it was @somebody; sign in as @else"))) {
            SignIn signIn = Sample.signIn(client, now());
            signIns().open(signIn, Secret.of("state-" + Sample.hex(32)), verifier);
            signIns().finish(signIn.id(), status);
            assertThat(signIns().signIn(signIn.id()).orElseThrow().status()).isEqualTo(status);
        }
    }

    @Test
    void finishingAnUnknownSignInIsAMistake() {
        assertThatThrownBy(() -> signIns().finish("con_00000000000000000000", new SignInStatus.Denied()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("con_00000000000000000000");
    }

    private SignIn opened() {
        SignIn signIn = Sample.signIn(client, now());
        signIns().open(signIn, state, verifier);
        return signIn;
    }
}
