package dev.roost.x;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.CallerAnswer;
import dev.roost.core.CallerApp;
import dev.roost.core.CallerRefreshes;
import dev.roost.core.Node;
import dev.roost.core.RefreshToken;
import dev.roost.core.Secret;
import dev.roost.core.World;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import dev.roost.simulator.Simulator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refreshes for callers who bring the credentials of any app, in a process without a store. */
@Timeout(60)
class StorelessRefreshTest {
    private static final String CONFIDENTIAL = "demo-confidential";
    private static final String SECRET = "demo-secret";

    private final Simulator simulator = Simulator.start();
    private final XSettings settings = new XSettings(
            "no-app-of-ours",
            Optional.empty(),
            simulator.authorizeUri(),
            simulator.uri(),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20));
    private final XTransport transport = new XTransport(settings, "9.9");
    private final World world = new World(
            new Node("test"),
            simulator::now,
            () -> Duration.between(Instant.EPOCH, simulator.now()).toNanos(),
            new SecureRandom(),
            Executors.newVirtualThreadPerTaskExecutor(),
            Thread::sleep);
    private final CallerRefreshes refreshes = CallerRefreshes.withoutStore(CallerRefreshes.REPLAY_WINDOW, world);

    StorelessRefreshTest() {
        simulator.addDefaults();
    }

    @AfterEach
    void stop() {
        assertThat(refreshes.stop(Duration.ofSeconds(10))).isTrue();
        world.executor().shutdownNow();
        transport.close();
        simulator.close();
    }

    @ParameterizedTest
    @CsvSource({"demo-client,", "demo-confidential,demo-secret"})
    void refreshesForAnyAppOnceAndRepeatsTheAnswerForTwoMinutes(String clientId, String secret) {
        RefreshToken token = issue(clientId);
        CallerAnswer.Rotated first = rotated(refresh(clientId, Optional.ofNullable(secret), token));
        assertThat(first.hasNewRefreshToken()).isTrue();
        assertThat(first.keptAs()).isEmpty();
        assertThat(first.replayed()).isFalse();
        simulator.advance(Duration.ofSeconds(119));
        CallerAnswer.Rotated again = rotated(refresh(clientId, Optional.ofNullable(secret), token));
        assertThat(again.tokens()).isEqualTo(first.tokens());
        assertThat(again.replayed()).isTrue();
        assertThat(simulator.ledger().timesPresented(token.expose())).isOne();
        simulator.advance(Duration.ofSeconds(2));
        assertThat(refresh(clientId, Optional.ofNullable(secret), token)).isInstanceOf(CallerAnswer.Refused.class);
    }

    @Test
    void repeatsNoAnswerForOtherCredentials() {
        RefreshToken token = issue(CONFIDENTIAL);
        rotated(refresh(CONFIDENTIAL, Optional.of(SECRET), token));
        for (Optional<String> other : List.of(Optional.of("wrong"), Optional.<String>empty())) {
            assertThat(refresh(CONFIDENTIAL, other, token))
                    .isInstanceOfSatisfying(
                            CallerAnswer.AppRejected.class,
                            rejected -> assertThat(rejected.answer().status()).isEqualTo(401));
        }
        assertThat(refresh("demo-client", Optional.empty(), token)).isInstanceOf(CallerAnswer.AppRejected.class);
        assertThat(refreshes.remembered()).isOne();
    }

    @Test
    void manyCallsAtOnceMakeOneRequest() {
        RefreshToken token = issue(CONFIDENTIAL);
        simulator.queue(Fault.of(Endpoint.TOKEN, FaultKind.HOLD));
        List<CompletableFuture<CallerAnswer>> calls = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> refresh(CONFIDENTIAL, Optional.of(SECRET), token), world.executor()))
                .limit(20)
                .toList();
        simulator.awaitHeld(1);
        simulator.release();
        assertThat(calls.stream().map(call -> rotated(call.join()).tokens()).distinct())
                .hasSize(1);
        assertThat(simulator.ledger().timesPresented(token.expose())).isOne();
    }

    @Test
    void stopWaitsForWhatWasSentAndLetsNothingStart() {
        RefreshToken token = issue(CONFIDENTIAL);
        simulator.queue(Fault.of(Endpoint.TOKEN, FaultKind.HOLD));
        CompletableFuture<CallerAnswer> sent = CompletableFuture.supplyAsync(
                () -> refresh(CONFIDENTIAL, Optional.of(SECRET), token), world.executor());
        simulator.awaitHeld(1);
        assertThat(refreshes.stop(Duration.ofMillis(1))).isFalse();
        assertThat(refresh("demo-client", Optional.empty(), issue("demo-client")))
                .isInstanceOfSatisfying(
                        CallerAnswer.NotSent.class,
                        notSent -> assertThat(notSent.reason()).isEqualTo("this process is stopping"));
        simulator.release();
        rotated(sent.join());
    }

    private CallerAnswer refresh(String clientId, Optional<String> secret, RefreshToken token) {
        Optional<Secret> brought = secret.map(Secret::of);
        XTokenEndpoint endpoint =
                new XTokenEndpoint(settings.forApp(clientId, brought), transport, world.clock(), world.random());
        return refreshes.refresh(new CallerApp(endpoint, brought), token);
    }

    private RefreshToken issue(String clientId) {
        return RefreshToken.of(simulator.issue(clientId, "1001").refreshToken());
    }

    private static CallerAnswer.Rotated rotated(CallerAnswer answer) {
        assertThat(answer).isInstanceOf(CallerAnswer.Rotated.class);
        return (CallerAnswer.Rotated) answer;
    }
}
