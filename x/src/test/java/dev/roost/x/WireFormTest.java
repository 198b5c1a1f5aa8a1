package dev.roost.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.roost.core.AccessToken;
import dev.roost.core.RefreshToken;
import dev.roost.core.Scopes;
import dev.roost.core.Secret;
import dev.roost.core.SignInEndpoint.ExchangeAnswer;
import dev.roost.core.TokenPair;
import dev.roost.core.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests to the letter, since X reads any deviation as another kind of app. */
class WireFormTest {
    private static final String OK =
            RawServer.http("200 OK", "application/json", "{\"access_token\":\"at-1\",\"refresh_token\":\"rt-1\"}");
    private static final String DEAD = RawServer.http(
            "400 Bad Request",
            "application/json",
            Fixture.error("invalid_request", "Value passed for the token was invalid."));
    private static final URI BACK = URI.create("http://127.0.0.1:3001/auth/x?a=b");
    private static final Secret VERIFIER = Secret.of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

    @Test
    void refreshesAsAConfidentialAppF11F12() throws IOException {
        String request = refresh(Optional.of(Secret.of("s+e/c=r:e~t\n")), "r+t/=");
        assertThat(request).startsWith("POST /2/oauth2/token HTTP/1.1\r\n");
        // base64 of client-1:s+e/c=r:e~t, raw, padded
        assertThat(request).contains("\r\nAuthorization: Basic Y2xpZW50LTE6cytlL2M9cjplfnQ=\r\n");
        assertThat(request).containsIgnoringCase("content-type: application/x-www-form-urlencoded\r\n");
        assertThat(body(request)).isEqualTo("grant_type=refresh_token&refresh_token=r%2Bt%2F%3D&client_id=client-1");
    }

    @Test
    void usesThePaddedStandardAlphabetForTheHeaderF11() throws IOException {
        String secret = "????>>>>~~~";
        String basic =
                "Basic " + Base64.getEncoder().encodeToString(("client-1:" + secret).getBytes(StandardCharsets.UTF_8));
        assertThat(basic).contains("/", "=");
        assertThat(refresh(Optional.of(Secret.of(secret)), "rt")).contains("Authorization: " + basic + "\r\n");
    }

    @Test
    void refreshesAsAPublicAppF12() throws IOException {
        String request = refresh(Optional.empty(), "rt");
        assertThat(request).doesNotContainIgnoringCase("authorization");
        assertThat(body(request)).isEqualTo("grant_type=refresh_token&refresh_token=rt&client_id=client-1");
    }

    @Test
    void probesWithATokenLikeThoseOfX() throws IOException {
        try (RawServer server = RawServer.answering(DEAD);
                XTransport transport = transport(server)) {
            assertThat(endpoint(server, transport, Optional.empty()).probe()).isInstanceOf(Verdict.GrantRefused.class);
            String token = body(server.requests().getFirst()).replaceAll(".*refresh_token=([^&]*)&.*", "$1");
            assertThat(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8))
                    .matches("[A-Za-z0-9_-]{45}:" + Fixture.NOW.toEpochMilli() + ":1:1:rt:1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400 Bad Request, invalid_request, Words that nobody knows., GrantRefused",
        "400 Bad Request, invalid_request, Missing required parameter [client_id]., AppRejected",
        "400 Bad Request, invalid_request, Something about this client., Throttled",
        "400 Bad Request, invalid_request, Missing valid authorization header, Throttled",
        "400 Bad Request, invalid_scope, no, Throttled",
        "403 Forbidden, invalid_request, Words that nobody knows., Throttled"
    })
    void takesA400ThatIsNotAboutTheClientForAYesToTheApp(String status, String error, String words, String verdict)
            throws IOException {
        String answer = RawServer.http(status, "application/json", Fixture.error(error, words));
        try (RawServer server = RawServer.answering(answer);
                XTransport transport = transport(server)) {
            assertThat(endpoint(server, transport, Optional.empty())
                            .probe()
                            .getClass()
                            .getSimpleName())
                    .isEqualTo(verdict);
        }
    }

    @Test
    void failsToExchangeWhatIsNoVerifierWithoutThrowing() throws IOException {
        try (RawServer server = RawServer.answering(OK);
                XTransport transport = transport(server)) {
            assertThat(signIn(server, transport).exchange(Secret.of("code"), Secret.of("short"), BACK))
                    .isInstanceOf(ExchangeAnswer.Failed.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void exchangesACode() throws IOException {
        try (RawServer server = RawServer.answering(OK);
                XTransport transport = transport(server)) {
            signIn(server, transport).exchange(Secret.of("co de"), VERIFIER, BACK);
            assertThat(body(server.requests().getFirst()).split("&"))
                    .containsExactlyInAnyOrder(
                            "grant_type=authorization_code",
                            "code=co+de",
                            "redirect_uri=http%3A%2F%2F127.0.0.1%3A3001%2Fauth%2Fx%3Fa%3Db",
                            "code_verifier=" + VERIFIER.expose(),
                            "client_id=client-1");
        }
    }

    @Test
    void servesAnotherAppOverTheSameTransport() throws IOException {
        try (RawServer server = RawServer.answering(OK);
                XTransport transport = transport(server)) {
            XSettings own = Fixture.settings(server.uri(), Optional.empty());
            XSettings other = own.forApp("client-2", Optional.of(Secret.of("secret-2")));
            Fixture.endpoint(other, transport).refresh(RefreshToken.of("rt"));
            assertThat(server.requests().getFirst())
                    // base64 of client-2:secret-2
                    .contains("\r\nAuthorization: Basic Y2xpZW50LTI6c2VjcmV0LTI=\r\n")
                    .endsWith("grant_type=refresh_token&refresh_token=rt&client_id=client-2");
            assertThat(other.answerDeadline()).isEqualTo(own.answerDeadline());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400 Bad Request, invalid_request, Value passed for the authorization code was invalid., 400",
        "401 Unauthorized, unauthorized_client, Missing valid authorization header, 401"
    })
    void tellsACallerWithoutStateWhyACodeIsRefused(String status, String error, String words, int code)
            throws IOException {
        String answer = RawServer.http(status, "application/json", Fixture.error(error, words));
        try (RawServer server = RawServer.answering(answer);
                XTransport transport = transport(server)) {
            assertThat(signIn(server, transport).exchange(Secret.of("abc-123456"), VERIFIER, BACK))
                    .isInstanceOfSatisfying(ExchangeAnswer.Refused.class, refused -> {
                        assertThat(refused.answer().status()).isEqualTo(code);
                        assertThat(refused.answer().description()).contains(words);
                    });
        }
    }

    @Test
    void issuesWithoutARefreshTokenWhenXGivesNoneF13() throws IOException {
        String answer = RawServer.http(
                "200 OK",
                "application/json",
                "{\"access_token\":\"at-1\",\"expires_in\":7200,\"scope\":\"tweet.read\"}");
        try (RawServer server = RawServer.answering(answer);
                XTransport transport = transport(server)) {
            assertThat(signIn(server, transport).exchange(Secret.of("code"), VERIFIER, BACK))
                    .isEqualTo(new ExchangeAnswer.Issued(
                            AccessToken.of("at-1"),
                            Optional.empty(),
                            java.time.Duration.ofHours(2),
                            Scopes.of("tweet.read")));
        }
    }

    @Test
    void asksForConsentInTheOrderThatXDocuments() throws IOException {
        try (RawServer server = RawServer.answering(OK);
                XTransport transport = transport(server)) {
            URI url = signIn(server, transport).authorizationUrl(BACK, Scopes.DEFAULT, Secret.of("st*a~te"), VERIFIER);
            assertThat(url)
                    .hasToString("https://x.com/i/oauth2/authorize?response_type=code&client_id=client-1"
                            + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A3001%2Fauth%2Fx%3Fa%3Db&state=st%2Aa~te"
                            + "&scope=offline.access%20tweet.read%20tweet.write%20users.read"
                            // RFC 7636 appendix B
                            + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void refusesAStateOrVerifierThatXWouldNotTake() throws IOException {
        try (RawServer server = RawServer.answering(OK);
                XTransport transport = transport(server)) {
            XSignIn signIn = signIn(server, transport);
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            signIn.authorizationUrl(BACK, Scopes.DEFAULT, Secret.of("canary-".repeat(80)), VERIFIER))
                    .withMessage("state has 560 characters; X allows at most 500; make it shorter");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> signIn.authorizationUrl(
                            BACK, Scopes.DEFAULT, Secret.of("state"), Secret.of("canary-canary")))
                    .withMessageNotContaining("canary");
        }
    }

    @Test
    void revokesTheRefreshTokenFirstF33() throws IOException {
        String revoked = RawServer.http("200 OK", "application/json", "{\"revoked\":true}");
        assertThat(revoke(revoked))
                .containsExactly(
                        "token=rt&token_type_hint=refresh_token&client_id=client-1",
                        "token=at&token_type_hint=access_token&client_id=client-1",
                        "Optional.empty");
    }

    @Test
    void takesADeadTokenForRevokedF33() throws IOException {
        assertThat(revoke(DEAD)).last().isEqualTo("Optional.empty");
    }

    @Test
    void saysWhichTokenIsPerhapsAliveF33() throws IOException {
        String empty = RawServer.http("503 Service Unavailable", "application/json", "");
        assertThat(revoke(empty).getLast())
                .contains(
                        "refresh token perhaps not revoked: HTTP 503", "; access token perhaps not revoked: HTTP 503");
        String denied = RawServer.http("200 OK", "application/json", "{\"revoked\":false}");
        assertThat(revoke(denied).getLast())
                .contains("refresh token not revoked: HTTP 200 without a yes; access token not revoked: HTTP 200");
        assertThat(revoke(RawServer.http("200 OK", "text/html", "<html>")).getLast())
                .contains("without a yes");
        String slow = RawServer.http("429 Too Many Requests", "application/json", "{\"title\":\"Too Many Requests\"}");
        assertThat(revoke(slow).getLast()).contains("refresh token not revoked: HTTP 429: Too Many Requests");
    }

    private static java.util.List<String> revoke(String answer) throws IOException {
        try (RawServer server = RawServer.answering(answer);
                XTransport transport = transport(server)) {
            Optional<String> failure = endpoint(server, transport, Optional.empty())
                    .revoke(new TokenPair(AccessToken.of("at"), RefreshToken.of("rt")));
            assertThat(server.requests()).allMatch(request -> request.startsWith("POST /2/oauth2/revoke "));
            java.util.List<String> seen = new java.util.ArrayList<>(
                    server.requests().stream().map(WireFormTest::body).toList());
            seen.add(failure.toString());
            return seen;
        }
    }

    private static String refresh(Optional<Secret> secret, String token) throws IOException {
        try (RawServer server = RawServer.answering(OK);
                XTransport transport = transport(server)) {
            endpoint(server, transport, secret).refresh(RefreshToken.of(token));
            return server.requests().getFirst();
        }
    }

    private static String body(String request) {
        return request.substring(request.indexOf("\r\n\r\n") + 4);
    }

    private static XTransport transport(RawServer server) {
        return new XTransport(Fixture.settings(server.uri(), Optional.empty()), "9.9");
    }

    private static XTokenEndpoint endpoint(RawServer server, XTransport transport, Optional<Secret> secret) {
        return Fixture.endpoint(Fixture.settings(server.uri(), secret), transport);
    }

    private static XSignIn signIn(RawServer server, XTransport transport) {
        return new XSignIn(Fixture.settings(server.uri(), Optional.empty()), transport, Fixture.CLOCK);
    }
}
