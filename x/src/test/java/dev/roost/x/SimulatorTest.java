package dev.roost.x;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccessToken;
import dev.roost.core.RefreshToken;
import dev.roost.core.Scopes;
import dev.roost.core.Secret;
import dev.roost.core.SignInEndpoint.ExchangeAnswer;
import dev.roost.core.SignInEndpoint.IdentifyAnswer;
import dev.roost.core.TokenPair;
import dev.roost.core.Verdict;
import dev.roost.core.XUser;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import dev.roost.simulator.IssuedPair;
import dev.roost.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The module against the stand-in for X, from the consent page to revocation. */
@Timeout(60)
class SimulatorTest {
    private static final URI BACK = URI.create("http://127.0.0.1:3001/auth/twitter/callback");
    private static final Secret VERIFIER = Secret.of("verifier-".repeat(6));
    private static final String PUBLIC = "demo-client";
    private static final String CONFIDENTIAL = "demo-confidential";
    private static final Optional<Secret> SECRET = Optional.of(Secret.of("demo-secret\n"));

    private Simulator simulator;
    private XTransport transport;

    @BeforeEach
    void start() {
        simulator = Simulator.start();
        simulator.addDefaults();
        transport = new XTransport(settings(PUBLIC, Optional.empty()), "9.9");
    }

    @AfterEach
    void stop() {
        transport.close();
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsAnAccountFromConsentToRevocation(boolean confidential) throws Exception {
        XSettings settings = confidential ? settings(CONFIDENTIAL, SECRET) : settings(PUBLIC, Optional.empty());
        XSignIn signIn = signIn(settings);
        XTokenEndpoint endpoint = endpoint(settings);
        ExchangeAnswer.Issued issued = issued(settings, Scopes.DEFAULT);
        assertThat(issued.scopes()).isEqualTo(Scopes.DEFAULT);
        assertThat(issued.lifetime()).isEqualTo(Duration.ofHours(2));
        assertThat(signIn.identify(issued.access())).isEqualTo(new IdentifyAnswer.Identified(new XUser("1001", "ada")));

        Verdict.Rotated rotated =
                (Verdict.Rotated) endpoint.refresh(issued.refresh().orElseThrow());
        assertThat(rotated.refresh()).isPresent().isNotEqualTo(issued.refresh());
        assertThat(rotated.access()).isNotEqualTo(issued.access());
        assertThat(endpoint.refresh(issued.refresh().orElseThrow())).isInstanceOf(Verdict.GrantRefused.class);

        TokenPair pair = new TokenPair(rotated.access(), rotated.refresh().orElseThrow());
        assertThat(endpoint.revoke(pair)).isEmpty();
        assertThat(endpoint.revoke(pair)).isEmpty();
        assertThat(endpoint.refresh(pair.refresh())).isInstanceOf(Verdict.GrantRefused.class);
        assertThat(signIn.identify(pair.access())).isInstanceOf(IdentifyAnswer.Rejected.class);
        assertThat(simulator.ledger().overlapping()).isEmpty();
    }

    @Test
    void tellsAPublicAppThatHasASecretF12() {
        Verdict verdict = endpoint(settings(PUBLIC, SECRET)).refresh(live(PUBLIC));
        assertThat(verdict).isInstanceOf(Verdict.AppRejected.class);
        assertThat(verdict.toString()).contains("Missing valid authorization header", "is the app public now?");
        assertThat(simulator.ledger().rotations()).isZero();
    }

    @Test
    void tellsAConfidentialAppWithoutASecretF12() {
        Verdict verdict = endpoint(settings(CONFIDENTIAL, Optional.empty())).refresh(live(CONFIDENTIAL));
        assertThat(verdict).isInstanceOf(Verdict.AppRejected.class);
        assertThat(verdict.toString()).contains("X has this app as confidential: give its client secret");
    }

    @Test
    void tellsAWrongSecretFromADeadGrantF10() {
        XTokenEndpoint endpoint = endpoint(settings(CONFIDENTIAL, SECRET));
        RefreshToken token = live(CONFIDENTIAL);
        assertThat(endpoint.probe()).isInstanceOf(Verdict.GrantRefused.class);
        simulator.changeSecret(CONFIDENTIAL, "another");
        assertThat(endpoint.probe()).isInstanceOf(Verdict.AppRejected.class);
        assertThat(endpoint.refresh(token)).isInstanceOf(Verdict.AppRejected.class);
        simulator.changeSecret(CONFIDENTIAL, "demo-secret");
        assertThat(endpoint.refresh(token)).isInstanceOf(Verdict.Rotated.class);
    }

    @Test
    void takesSecretsWithOddCharactersF11() {
        simulator.changeSecret(CONFIDENTIAL, "a+b/c=d:e~f%20g?");
        XSettings settings = settings(CONFIDENTIAL, Optional.of(Secret.of(" a+b/c=d:e~f%20g?\r\n")));
        assertThat(endpoint(settings).refresh(live(CONFIDENTIAL))).isInstanceOf(Verdict.Rotated.class);
    }

    @Test
    void tellsAnUnknownClientF10() {
        assertThat(endpoint(settings("nobody", Optional.empty())).probe())
                .isInstanceOf(Verdict.AppRejected.class)
                .asString()
                .contains("client id was invalid");
    }

    @Test
    void getsNoRefreshTokenWithoutOfflineAccessF13() throws Exception {
        XSettings settings = settings(PUBLIC, Optional.empty());
        ExchangeAnswer.Issued issued = issued(settings, Scopes.of("tweet.read", "users.read"));
        assertThat(issued.refresh()).isEmpty();
        assertThat(issued.scopes().has(Scopes.OFFLINE_ACCESS)).isFalse();
    }

    @Test
    void takesWhateverFormOfASuccessF14F16() {
        XTokenEndpoint endpoint = endpoint(settings(PUBLIC, Optional.empty()));
        RefreshToken token = live(PUBLIC);
        simulator.queue(Fault.of(Endpoint.TOKEN, FaultKind.NO_REFRESH_TOKEN_200));
        assertThat(((Verdict.Rotated) endpoint.refresh(token)).refresh()).isEmpty();
        simulator.queue(Fault.of(Endpoint.TOKEN, FaultKind.STRING_EXPIRES_IN));
        Verdict.Rotated second = (Verdict.Rotated) endpoint.refresh(token);
        simulator.queue(Fault.of(Endpoint.TOKEN, FaultKind.NO_EXPIRES_IN));
        Verdict.Rotated third =
                (Verdict.Rotated) endpoint.refresh(second.refresh().orElseThrow());
        assertThat(second.lifetime()).isEqualTo(third.lifetime()).isEqualTo(Duration.ofHours(2));
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultKind.class,
            names = {
                "REFUSE",
                "CUT_BODY",
                "LOSE_ANSWER",
                "STATUS_500",
                "STATUS_503",
                "STATUS_503_AFTER",
                "UNREADABLE_200",
                "TOKENLESS_200"
            })
    void doesNotKnowWhatBecameOfATokenF2F14F27(FaultKind kind) {
        RefreshToken token = live(PUBLIC);
        simulator.queue(Fault.of(Endpoint.TOKEN, kind));
        assertThat(endpoint(settings(PUBLIC, Optional.empty())).refresh(token)).isInstanceOf(Verdict.Unknown.class);
        assertThat(simulator.ledger().requests()).hasSize(1);
    }

    @Test
    void doesNotKnowWhatBecameOfATokenWhenTheAnswerIsLateF2() {
        RefreshToken token = live(PUBLIC);
        simulator.queue(Fault.of(Endpoint.TOKEN, FaultKind.HOLD));
        XSettings hasty = Fixture.settings(simulator.uri(), Optional.empty());
        XSettings settings = new XSettings(
                PUBLIC,
                Optional.empty(),
                hasty.authorizeUrl(),
                hasty.apiUrl(),
                hasty.connectDeadline(),
                hasty.answerDeadline());
        assertThat(endpoint(settings).refresh(token)).isInstanceOf(Verdict.Unknown.class);
        assertThat(simulator.ledger().rotations()).isEqualTo(1);
    }

    @Test
    void keepsTheGrantWhenTurnedAwayF8F27() {
        XTokenEndpoint endpoint = endpoint(settings(PUBLIC, Optional.empty()));
        RefreshToken token = live(PUBLIC);
        simulator.queue(Fault.of(Endpoint.TOKEN, FaultKind.HTML_403));
        assertThat(endpoint.refresh(token)).isInstanceOf(Verdict.Throttled.class);
        simulator.queue(Fault.rateLimited(Endpoint.TOKEN, Duration.ofSeconds(42)));
        assertThat(endpoint.refresh(token))
                .isInstanceOfSatisfying(
                        Verdict.Throttled.class,
                        throttled -> assertThat(throttled.retryAfter()).contains(Duration.ofSeconds(42)));
        simulator.queue(Fault.of(Endpoint.TOKEN, FaultKind.STATUS_402));
        assertThat(endpoint.refresh(token)).isInstanceOf(Verdict.Throttled.class);
        assertThat(endpoint.refresh(token)).isInstanceOf(Verdict.Rotated.class);
    }

    @Test
    void tellsWhatIsWrongWithACodeF19() throws Exception {
        XSettings settings = settings(PUBLIC, Optional.empty());
        XSignIn signIn = signIn(settings);
        Secret code = consent(settings, Scopes.DEFAULT);
        assertRefused(signIn.exchange(code, VERIFIER, URI.create("http://127.0.0.1/other")), "redirect uri");
        assertRefused(signIn.exchange(code, Secret.of("x".repeat(43)), BACK), "code verifier was invalid");
        assertThat(signIn.exchange(code, VERIFIER, BACK)).isInstanceOf(ExchangeAnswer.Issued.class);
        assertRefused(signIn.exchange(code, VERIFIER, BACK), "a code works once, within 30 s: begin the sign-in again");
        Secret late = consent(settings, Scopes.DEFAULT);
        simulator.advance(Duration.ofSeconds(31));
        assertRefused(signIn.exchange(late, VERIFIER, BACK), "authorization code was invalid");
    }

    @Test
    void failsAnExchangeWithoutAnAnswer() throws Exception {
        XSettings settings = settings(PUBLIC, Optional.empty());
        Secret code = consent(settings, Scopes.DEFAULT);
        simulator.queue(Fault.of(Endpoint.TOKEN, FaultKind.LOSE_ANSWER));
        assertThat(signIn(settings).exchange(code, VERIFIER, BACK))
                .isInstanceOf(ExchangeAnswer.Failed.class)
                .asString()
                .contains("the code may be used up: begin the sign-in again");
    }

    @Test
    void revokesAsMuchAsItCanF33() {
        XTokenEndpoint endpoint = endpoint(settings(PUBLIC, Optional.empty()));
        IssuedPair pair = simulator.issue(PUBLIC, "1001");
        simulator.queue(Fault.of(Endpoint.REVOKE, FaultKind.STATUS_500));
        assertThat(endpoint.revoke(pair(pair)).orElseThrow())
                .startsWith("refresh token perhaps not revoked: HTTP 500")
                .doesNotContain("access token");
        assertThat(endpoint.revoke(pair(pair))).isEmpty();
        assertThat(simulator.ledger().liveRefreshToken(PUBLIC, "1001")).isEmpty();
    }

    @Test
    void postsAndDeletes() {
        XApi api = api();
        AccessToken token = AccessToken.of(simulator.issue(PUBLIC, "1001").accessToken());
        XReply<PostedTweet> posted = api.post(token, Tweet.of("Hello"));
        assertThat(posted).isInstanceOf(XReply.Ok.class);
        PostedTweet tweet = ((XReply.Ok<PostedTweet>) posted).value();
        assertThat(tweet.text()).isEqualTo("Hello");
        assertThat(((XReply.Ok<PostedTweet>) posted).limits().windows()).isNotEmpty();
        assertThat(api.post(token, Tweet.of("Hello")).toString()).contains("DUPLICATE_CONTENT");
        assertThat(api.delete(token, tweet.id())).isInstanceOf(XReply.Ok.class);
    }

    @Test
    void namesTheScopesThatACallNeedsF24() {
        AccessToken token = AccessToken.of(
                simulator.issue(PUBLIC, "1001", "users.read", "tweet.read").accessToken());
        assertThat(api().me(token)).isInstanceOf(XReply.Ok.class);
        assertThat(api().post(token, Tweet.of("Hi")).toString())
                .contains("NOT_PERMITTED", "this call needs tweet.read tweet.write users.read");
    }

    @Test
    void doesNotKnowWhetherAPostIsOutF28() {
        AccessToken token = AccessToken.of(simulator.issue(PUBLIC, "1001").accessToken());
        simulator.queue(Fault.of(Endpoint.TWEETS, FaultKind.LOSE_ANSWER));
        assertThat(api().post(token, Tweet.of("Hi"))).isInstanceOf(XReply.Unknown.class);
        assertThat(simulator.ledger().posts()).hasSize(1);
        assertThat(api().post(token, Tweet.of("Hi")).toString()).contains("that one was published");
    }

    @Test
    void sortsTheOtherAnswersToDataCallsF26F27() {
        AccessToken token = AccessToken.of(simulator.issue(PUBLIC, "1001").accessToken());
        simulator.queue(Fault.of(Endpoint.USERS_ME, FaultKind.STATUS_402));
        assertThat(api().me(token).toString()).contains("CREDITS_DEPLETED");
        simulator.queue(Fault.of(Endpoint.USERS_ME, FaultKind.HTML_403));
        assertThat(api().me(token).toString()).contains("BLOCKED");
        simulator.queue(Fault.rateLimited(Endpoint.USERS_ME, Duration.ofSeconds(30)));
        assertThat(api().me(token)).isInstanceOf(XReply.RateLimited.class);
        simulator.queue(Fault.of(Endpoint.USERS_ME, FaultKind.UNREADABLE_200));
        assertThat(api().me(token)).isInstanceOf(XReply.Unknown.class);
        simulator.advance(Duration.ofHours(3));
        assertThat(api().me(token)).isInstanceOf(XReply.Unauthorized.class);
    }

    @Test
    void seesTheClockOfXF20() {
        XClock clock = new XClock(settings(PUBLIC, Optional.empty()), transport, () -> simulator.now());
        simulator.queue(Fault.wrongDate(Endpoint.API, Duration.ofMinutes(10)));
        assertThat(clock.skew().orElseThrow()).isBetween(Duration.ofSeconds(598), Duration.ofSeconds(602));
    }

    private static void assertRefused(ExchangeAnswer answer, String words) {
        assertThat(answer).isInstanceOf(ExchangeAnswer.Refused.class).asString().contains(words);
    }

    private static TokenPair pair(IssuedPair pair) {
        return new TokenPair(AccessToken.of(pair.accessToken()), RefreshToken.of(pair.refreshToken()));
    }

    private RefreshToken live(String clientId) {
        return RefreshToken.of(simulator.issue(clientId, "1001").refreshToken());
    }

    private ExchangeAnswer.Issued issued(XSettings settings, Scopes scopes) throws Exception {
        return (ExchangeAnswer.Issued) signIn(settings).exchange(consent(settings, scopes), VERIFIER, BACK);
    }

    /** Does what a person's browser does, and returns the code that comes back. */
    private Secret consent(XSettings settings, Scopes scopes) throws IOException, InterruptedException {
        URI url = signIn(settings).authorizationUrl(BACK, scopes, Secret.of("state-1"), VERIFIER);
        try (HttpClient browser = HttpClient.newHttpClient()) {
            String page = browser.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            Matcher request =
                    Pattern.compile("name=\"request\" value=\"([^\"]*)\"").matcher(page);
            assertThat(request.find()).as(page).isTrue();
            HttpRequest decision = HttpRequest.newBuilder(simulator.authorizeUri())
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "request=" + request.group(1) + "&user_id=1001&decision=authorize"))
                    .build();
            String back = browser.send(decision, HttpResponse.BodyHandlers.ofString())
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            assertThat(back).startsWith(BACK.toString()).contains("state=state-1");
            String code = back.replaceAll(".*[?&]code=([^&]*).*", "$1");
            return Secret.of(URLDecoder.decode(code, StandardCharsets.UTF_8));
        }
    }

    private XSettings settings(String clientId, Optional<Secret> secret) {
        return new XSettings(
                clientId,
                secret,
                simulator.authorizeUri(),
                simulator.uri(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20));
    }

    private XTokenEndpoint endpoint(XSettings settings) {
        return new XTokenEndpoint(settings, transport, () -> simulator.now(), new Random(7));
    }

    private XSignIn signIn(XSettings settings) {
        return new XSignIn(settings, transport, () -> simulator.now());
    }

    private XApi api() {
        return new XApi(settings(PUBLIC, Optional.empty()), transport, () -> simulator.now());
    }
}
