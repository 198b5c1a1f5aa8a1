package dev.roost.server.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.server.guide.Guide.Answer;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import dev.roost.simulator.LedgerToken;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The lines that the guide's readers look for, and what must be in none of them. */
@Timeout(60)
final class LogTest {
    private final Guide guide = Guide.start();

    @AfterEach
    void stop() {
        guide.close();
    }

    @Test
    void tellsOfEveryTool() {
        String access = guide.access();
        guide.execute("getTweetEngagement", Map.of("accessToken", access, "tweetId", "5", "maxResults", 7));
        assertThat(guide.log())
                .anyMatch(line -> line.equals("INFO Tool Execution Started: getTweetEngagement"
                        + " {maxResults=7, toolName=getTweetEngagement, tweetId=5}"))
                .anyMatch(line -> line.matches("ERROR Tool Execution Failed: getTweetEngagement"
                        + " \\{code=not_found, duration=[0-9]+, toolName=getTweetEngagement}"));
        guide.execute("listTwitterTweets", Map.of("accessToken", access));
        assertThat(guide.log())
                .anyMatch(line -> line.matches("INFO Tool Execution Completed: listTwitterTweets"
                        + " \\{duration=[0-9]+, toolName=listTwitterTweets}"));
    }

    @Test
    void showsAnExpiredTokenAsTheGuideDoes() {
        String access = guide.access();
        guide.x().advance(Duration.ofHours(3));
        guide.execute("postToTwitter", Map.of("accessToken", access, "content", "Hello"));
        assertThat(guide.log())
                .anyMatch(line -> line.matches("ERROR Twitter API Error Details \\{duration=[0-9]+, endpoint=/tweets,"
                        + " errorMessage=Unauthorized, statusCode=401}"));
    }

    @Test
    void tellsOfExchanges() {
        JsonNode begun = guide.execute("getTwitterAuthUrl", Map.of("callbackUrl", Guide.CALLBACK))
                .result();
        exchange("no-such-code", begun);
        exchange(code(begun), begun);
        assertThat(guide.log())
                .anyMatch(line -> line.equals("INFO Twitter Token Exchange Started {}"))
                .anyMatch(line -> line.matches("ERROR Twitter Token Exchange Failed \\{code=authorization_code_refused,"
                        + " duration=[0-9]+, error=Twitter OAuth Error: .*}"))
                .anyMatch(line -> line.matches("INFO Twitter Token Exchange Successful \\{duration=[0-9]+,"
                        + " expiresIn=7200, hasRefreshToken=true, scope=tweet.read [a-z. ]+, tokenType=bearer}"));
    }

    /** A walk through everything, with faults; then no secret may be in any line, and in no answer but its own. */
    @Test
    void keepsSecretsOutOfLinesAndErrors() {
        List<String> secrets = new ArrayList<>();
        List<Answer> errors = new ArrayList<>();
        JsonNode begun = guide.execute("getTwitterAuthUrl", Map.of("callbackUrl", Guide.CALLBACK))
                .result();
        secrets.add(begun.path("codeVerifier").asString(""));
        secrets.add(begun.path("state").asString(""));
        String code = code(begun);
        secrets.add(code);
        JsonNode tokens = exchange(code, begun).result();
        String access = tokens.path("accessToken").asString("");
        String refresh = tokens.path("refreshToken").asString("");
        guide.x().advance(Duration.ofSeconds(31));
        errors.add(exchange(code, begun));
        errors.add(exchange("canary-code-0123456789", begun));
        for (FaultKind kind : List.of(
                FaultKind.STATUS_503,
                FaultKind.HTML_403,
                FaultKind.REFUSE,
                FaultKind.STATUS_429,
                FaultKind.STATUS_402)) {
            guide.x().queue(Fault.of(Endpoint.TOKEN, kind));
            errors.add(guide.execute("refreshTwitterToken", Map.of("refreshToken", refresh)));
            guide.x().queue(Fault.of(Endpoint.API, kind));
            errors.add(guide.execute("postToTwitter", Map.of("accessToken", access, "content", "canary-text-0123")));
        }
        guide.x().queue(Fault.of(Endpoint.TOKEN, FaultKind.CUT_BODY));
        errors.add(guide.execute("refreshTwitterToken", Map.of("refreshToken", refresh)));
        errors.add(guide.execute("refreshTwitterToken", Map.of("refreshToken", refresh)));
        errors.add(guide.execute("refreshTwitterToken", Map.of("refreshToken", "canary-refresh-0123456789")));
        errors.add(guide.execute("likeTweet", Map.of("accessToken", "canary-access-0123456789", "tweetId", "5")));
        errors.add(guide.execute("likeTweet", Map.of("accessToken", access, "tweetId", access)));
        errors.add(guide.execute(access, Map.of()));
        guide.x().ledger().tokensOf("1001").stream().map(LedgerToken::value).forEach(secrets::add);
        secrets.addAll(List.of("canary-", "demo-secret"));
        assertThat(errors).allSatisfy(error -> assertThat(error.status()).isEqualTo(400));
        String said = String.join(
                "\n", errors.stream().map(error -> error.raw().body()).toList());
        String logged = String.join("\n", guide.log());
        assertThat(logged).contains("Tool Execution Failed: refreshTwitterToken");
        for (String secret : secrets) {
            assertThat(secret).hasSizeGreaterThan(6);
            String telling = secret.substring(0, Math.min(10, secret.length()));
            assertThat(said).doesNotContain(telling);
            assertThat(logged).doesNotContain(telling);
        }
    }

    private String code(JsonNode begun) {
        URI back = guide.consent(begun.path("authorizationUrl").asString(""), "authorize");
        return Guide.query(back).getOrDefault("code", "");
    }

    private Answer exchange(String code, JsonNode begun) {
        return guide.execute(
                "exchangeTwitterAuthCode",
                Map.of(
                        "code",
                        code,
                        "codeVerifier",
                        begun.path("codeVerifier").asString(""),
                        "callbackUrl",
                        Guide.CALLBACK));
    }
}
