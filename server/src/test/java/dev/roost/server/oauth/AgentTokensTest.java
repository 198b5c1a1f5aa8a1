package dev.roost.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.roost.testkit.ManualClock;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which access tokens come through the gate; a real authorization server signs them. */
final class AgentTokensTest {
    private static final String CHALLENGE_END =
            "resource_metadata=\"" + AgentServer.METADATA + "\", scope=\"accounts:read x:read\"";

    private final ManualClock clock = new ManualClock();
    private final TestIssuer issuer = TestIssuer.start(clock);
    private final AgentServer server = AgentServer.guardedBy(issuer.uri(), clock);

    @AfterEach
    void close() {
        server.close();
        issuer.close();
    }

    @Test
    void goodTokenComesInWithItsScopes() {
        JsonNode caller = admitted(issuer.token(claims().build()));
        assertThat(caller.path("scopes").asString()).isEqualTo("accounts:read x:read");
        assertThat(caller.path("principal").asString()).matches("oauth:[0-9a-f]{32}");
        assertThat(caller.path("local").asBoolean()).isFalse();
        assertThat(caller.path("limited").asBoolean()).isFalse();
    }

    @Test
    void keysAreFetchedOnceForManyTokens() {
        for (int i = 0; i < 5; i++) {
            admitted(issuer.token(claims().jwtID("jti-" + i).build()));
        }
        assertThat(issuer.asked()).containsExactly(TestIssuer.OAUTH, TestIssuer.KEYS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "application/at+jwt", "JWT", "AT+JWT"})
    void tokenOfAnAllowedTypeComesIn(String type) {
        admitted(issuer.token(claims().build(), header -> header.type(new JOSEObjectType(type))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-256", "P-384"})
    void tokenSignedWithAnEcKeyComesIn(String curve) {
        issuer.signWith(issuer.ec(Curve.parse(curve)));
        issuer.publish();
        admitted(issuer.token(claims().build()));
    }

    @Test
    void tokenSignedWithPssComesIn() {
        admitted(issuer.sign(
                new JWSHeader.Builder(JWSAlgorithm.PS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(issuer.key().getKeyID())
                        .build(),
                claims().build()));
    }

    @Test
    void tokenOfAnotherIssuerIsRefused() {
        refused(issuer.token(claims().issuer(issuer.uri() + "/").build()), "another authorization server issued it");
        refused(issuer.token(claims().issuer(null).build()), "another authorization server issued it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://roost.example.com",
                "https://roost.example.com/mcp/",
                "https://ROOST.example.com/mcp",
                "https://roost.example.com/mcp2",
                "an-agent"
            })
    void tokenForAnotherAudienceIsRefused(String audience) {
        refused(
                issuer.token(claims().audience(audience).build()),
                "it is meant for another audience; ask for one with the parameter resource=" + AgentServer.RESOURCE);
    }

    @Test
    void tokenForSeveralAudiencesComesInWhenWeAreOne() {
        List<String> both = List.of("https://other.example", AgentServer.RESOURCE.toString());
        admitted(issuer.token(claims().audience(both).build()));
        refused(issuer.token(claims().audience(List.of()).build()), "another audience");
    }

    @Test
    void tokenIsGoodUntilAMinuteAfterItsExpiry() {
        String token = issuer.token(claims().build());
        clock.advance(Duration.ofMinutes(60).plusSeconds(59));
        admitted(token);
        clock.advance(Duration.ofSeconds(1));
        refused(token, "it has expired; refresh it");
    }

    @Test
    void tokenThatNeverExpiresIsRefused() {
        refused(issuer.token(claims().expirationTime(null).build()), "it has no expiry (exp)");
    }

    @Test
    void tokenIsGoodFromAMinuteBeforeItsBeginning() {
        Date later = Date.from(clock.instant().plus(Duration.ofSeconds(61)));
        String token = issuer.token(claims().notBeforeTime(later).build());
        refused(token, "it is not valid yet (nbf)");
        clock.advance(Duration.ofSeconds(1));
        admitted(token);
    }

    @Test
    void tokenWithoutASignatureIsRefused() {
        refused(new PlainJWT(claims().build()).serialize(), "it is no signed JWT");
        String signed = issuer.token(claims().build());
        refused(signed.substring(0, signed.lastIndexOf('.') + 1), "it is no signed JWT");
    }

    @Test
    void tokenSignedWithThePublicKeyAsASecretIsRefused() throws JOSEException {
        SignedJWT forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID(issuer.key().getKeyID())
                        .build(),
                claims().build());
        forged.sign(new MACSigner(issuer.key().toRSAKey().toRSAPublicKey().getEncoded()));
        refused(forged.serialize(), "its algorithm is not one of RS, PS or ES");
        assertThat(issuer.asked()).isEmpty();
    }

    @Test
    void tokenThatBringsItsOwnKeyIsRefused() {
        issuer.signWith(issuer.rsa(2048));
        refused(
                issuer.token(
                        claims().build(),
                        header -> header.type(JOSEObjectType.JWT)
                                .jwk(issuer.key().toPublicJWK())
                                .jwkURL(issuer.uri().resolve("/evil"))),
                "no key that its issuer publishes has signed it");
        assertThat(issuer.asked()).doesNotContain("/evil");
    }

    @Test
    void tokenThatWasChangedIsRefused() {
        String[] parts = issuer.token(claims().build()).split("\\.", -1);
        String other = issuer.token(claims().subject("root").build()).split("\\.", -1)[1];
        refused(parts[0] + "." + other + "." + parts[2], "no key that its issuer publishes has signed it");
    }

    @Test
    void weakKeyIsNotUsed() {
        String token = issuer.token(claims().build());
        issuer.signWith(issuer.rsa(1024));
        issuer.publish();
        HttpResponse<String> answer = server.bearer(token);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("/keys has no RSA or EC key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dpop+jwt", "logout+jwt", "id+jwt"})
    void tokenOfAnotherTypeIsRefused(String type) {
        refused(
                issuer.token(claims().build(), header -> header.type(new JOSEObjectType(type))),
                "its type (typ) is neither at+jwt nor JWT");
    }

    @Test
    void tokenWithoutATypeIsRefused() {
        refused(issuer.token(claims().build(), header -> header), "its type (typ) is neither at+jwt nor JWT");
    }

    @Test
    void tokenWithAnUnknownCriticalHeaderIsRefused() {
        refused(
                issuer.token(
                        claims().build(),
                        header -> header.type(JOSEObjectType.JWT)
                                .criticalParams(Collections.singleton("exp"))
                                .customParam("exp", 1)),
                "no key that its issuer publishes has signed it");
    }

    @Test
    void whatIsNoTokenIsRefused() {
        List<String> junk = new ArrayList<>(List.of("x", "a.b.c", "..", "....", "eyJ.eyJ.x", "{}", "é".repeat(9)));
        junk.add("A".repeat(6_000));
        junk.add("eyJhbGciOiJSUzI1NiJ9." + "W1".repeat(2500) + ".AAAA");
        junk.add(Base64.getUrlEncoder().encodeToString("{\"alg\":".repeat(500).getBytes(StandardCharsets.UTF_8))
                + ".e30.AA");
        junk.forEach(text -> refused(text, "this is no valid API key, and as an access token it is refused"));
        assertThat(issuer.asked()).isEmpty();
    }

    @Test
    void claimsOfAWrongKindAreRefused() {
        refused(issuer.token(claims().claim("exp", "tomorrow").build()), "its claims are not what RFC 9068 has");
        refused(issuer.token(claims().subject(null).claim("client_id", null).build()), "names neither a subject");
    }

    @Test
    void nobodyWithoutCredentialsComesIn() {
        HttpResponse<String> answer = server.get("/mcp");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .contains("\"code\":\"credentials_missing\"")
                .contains("send an access token of " + issuer.uri());
        assertThat(challenge(answer)).isEqualTo("Bearer " + CHALLENGE_END);
    }

    @Test
    void tokenInTheAddressIsRefusedThoughItIsGood() {
        String token = issuer.token(claims().build());
        HttpResponse<String> answer = server.get("/mcp?a=b&access_token=" + token);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("a token does not belong in an address")
                .doesNotContain(token);
        assertThat(challenge(answer)).startsWith("Bearer error=\"invalid_request\", error_description=\"a token does");
        assertThat(server.get("/mcp?access%5Ftoken=" + token).statusCode()).isEqualTo(401);
    }

    @Test
    void tokenInTheHeaderOfKeysIsRefused() {
        HttpResponse<String> answer = server.get("/mcp", "X-API-Key", issuer.token(claims().build()));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(challenge(answer))
                .startsWith("Bearer error=\"invalid_token\"")
                .endsWith(CHALLENGE_END);
    }

    @Test
    void nothingOfATokenIsLoggedOrAnswered() {
        List<String> tokens = List.of(
                issuer.token(claims().expirationTime(Date.from(Instant.EPOCH)).build()),
                issuer.token(claims().audience("https://other.example").build()),
                issuer.token(claims().claim("roost_accounts", "canary").build()),
                new PlainJWT(claims().build()).serialize());
        issuer.status(TestIssuer.KEYS, 500);
        List<String> all = new ArrayList<>(tokens);
        all.add(issuer.token(claims().subject("canary").build()));
        for (String token : all) {
            HttpResponse<String> answer = server.bearer(token);
            String[] parts = token.split("\\.", -1);
            assertThat(answer.body() + answer.headers().map() + server.log())
                    .doesNotContain(parts[1])
                    .doesNotContain("canary");
            if (!parts[2].isEmpty()) {
                assertThat(answer.body() + answer.headers().map() + server.log())
                        .doesNotContain(parts[2]);
            }
        }
        assertThat(server.log()).contains("/keys answered HTTP 500");
    }

    private JWTClaimsSet.Builder claims() {
        return issuer.claims(AgentServer.RESOURCE);
    }

    private JsonNode admitted(String token) {
        HttpResponse<String> answer = server.bearer(token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private void refused(String token, String why) {
        HttpResponse<String> answer = server.bearer(token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        JsonNode problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.path("code").asString()).isEqualTo("token_invalid");
        assertThat(problem.path("detail").asString()).contains(why);
        assertThat(challenge(answer))
                .matches("Bearer error=\"invalid_token\", error_description=\"[ !#-\\[\\]-~]+\", resource_metadata=.*")
                .endsWith("\", " + CHALLENGE_END);
    }

    private static String challenge(HttpResponse<String> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElse("none");
    }
}
