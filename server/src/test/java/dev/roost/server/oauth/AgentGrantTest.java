package dev.roost.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.roost.core.Account;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.Sample;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What who comes in with an access token may do. */
final class AgentGrantTest {
    private final ManualClock clock = new ManualClock();
    private final TestIssuer issuer = TestIssuer.start(clock);
    private final AgentServer server = AgentServer.guardedBy(issuer.uri(), clock);

    @AfterEach
    void close() {
        server.close();
        issuer.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scope | x:read x:write            | x:read x:write",
                "scope | x:write  offline_access openid X:READ | x:write",
                "scope | unknown                   | ''",
                "scope | ''                        | ''",
                "scp   | admin                     | admin",
            })
    void scopesThatRoostKnowsAreTaken(String claim, String text, String taken) {
        JWTClaimsSet claims = claims().claim("scope", null).claim(claim, text).build();
        assertThat(admitted(issuer.token(claims)).path("scopes").asString()).isEqualTo(taken);
    }

    @Test
    void scopesMayBeAList() {
        JWTClaimsSet claims = claims().claim("scope", null)
                .claim("scp", List.of("x:write", "x:read", 7))
                .build();
        assertThat(admitted(issuer.token(claims)).path("scopes").asString()).isEqualTo("x:read x:write");
    }

    @Test
    void principalStaysTheSameForTheSameUserAndClientOnly() {
        String first = principal(claims());
        clock.advance(Duration.ofMinutes(1));
        assertThat(principal(claims().claim("scope", "x:write").jwtID("other"))).isEqualTo(first);
        assertThat(principal(claims().subject("grace"))).isNotEqualTo(first);
        assertThat(principal(claims().claim("client_id", "other"))).isNotEqualTo(first);
        assertThat(principal(claims().subject("adaa").claim("client_id", "n-agent")))
                .isNotEqualTo(first);
        assertThat(principal(claims().claim("client_id", null).claim("azp", "an-agent")))
                .isEqualTo(first);
    }

    @Test
    void tokenForSomeAccountsCoversThemAlone() {
        Account ada = server.connect();
        Account grace = server.connect();
        for (String name : List.of(ada.id().value(), ada.user().id())) {
            String token =
                    issuer.token(claims().claim("roost_accounts", List.of(name)).build());
            assertThat(covers(token, ada)).as(name).isTrue();
            assertThat(covers(token, grace)).as(name).isFalse();
        }
        assertThat(covers(issuer.token(claims().build()), grace)).isTrue();
    }

    @Test
    void tokenForNoAccountThatIsKnownCoversNone() {
        Account ada = server.connect();
        for (List<String> names : List.of(
                List.<String>of(),
                List.of("1234567890123456789"),
                List.of(Sample.accountId().value()))) {
            String token = issuer.token(claims().claim("roost_accounts", names).build());
            assertThat(covers(token, ada)).as("%s", names).isFalse();
        }
    }

    @Test
    void accountsThatCannotBeReadAreNotTakenForAll() {
        List<Object> wrong = new ArrayList<>(List.of("@ada", 7, List.of(7), Map.of("a", "b")));
        wrong.add(IntStream.range(0, 101).mapToObj(i -> "1" + i).toList());
        wrong.add(List.of("@ada"));
        wrong.add(List.of(Sample.accountId().value(), "ada"));
        wrong.add(List.of("' OR 1=1"));
        wrong.add(List.of("12345678901234567890"));
        wrong.add(Collections.singletonList(null));
        for (Object claim : wrong) {
            HttpResponse<String> answer = server.bearer(
                    issuer.token(claims().claim("roost_accounts", claim).build()));
            assertThat(answer.statusCode()).as("%s", claim).isEqualTo(401);
            assertThat(answer.body())
                    .contains("roost_accounts in it is no array of at most 100 ids of accounts")
                    .contains("without usernames, which may pass to somebody else");
            assertThat(challenge(answer))
                    .startsWith("Bearer error=\"invalid_token\", error_description=\"roost_accounts");
        }
    }

    @Test
    void tokenWithTooFewScopesIsToldAllThatItNeedsAtOnce() {
        HttpResponse<String> answer = server.get(
                "/mcp?need=x:write",
                "Authorization",
                "Bearer " + issuer.token(claims().claim("scope", "").build()));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("\"code\":\"scope_missing\"").contains("the scopes x:read, x:write");
        assertThat(challenge(answer))
                .isEqualTo("Bearer error=\"insufficient_scope\", resource_metadata=\"" + AgentServer.METADATA
                        + "\", scope=\"x:read x:write\"");
    }

    private JWTClaimsSet.Builder claims() {
        return issuer.claims(AgentServer.RESOURCE);
    }

    private JsonNode admitted(String token) {
        HttpResponse<String> answer = server.bearer(token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private boolean covers(String token, Account account) {
        HttpResponse<String> answer = server.get("/mcp?account=" + account.id(), "Authorization", "bearer " + token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body()).path("covers").asBoolean();
    }

    private String principal(JWTClaimsSet.Builder claims) {
        return admitted(issuer.token(claims.build())).path("principal").asString();
    }

    private static String challenge(HttpResponse<String> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElse("none");
    }
}
