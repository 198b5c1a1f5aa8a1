package dev.roost.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a refresh does to a grant, and what else ends one. */
final class RefreshTest {

    @AutoClose
    private final Simulator simulator = Browser.simulatorWithPeople();

    @AutoClose
    private final Browser browser = new Browser(simulator);

    private LedgerToken token(String value) {
        return simulator.ledger().token(value).orElseThrow();
    }

    @Test
    void spendsTheRefreshTokenAndIssuesANewPair() {
        IssuedPair pair = simulator.issue("public", "1001", "tweet.read", "users.read", "offline.access");
        HttpResponse<String> answer = browser.refresh(pair.refreshToken());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Browser.json(answer).propertyNames())
                .containsExactly("token_type", "expires_in", "access_token", "scope", "refresh_token");
        assertThat(Browser.field(answer, "token_type")).isEqualTo("bearer");
        assertThat(Browser.json(answer).path("expires_in").isInt()).isTrue();
        assertThat(Browser.json(answer).path("expires_in").intValue()).isEqualTo(7200);
        assertThat(Browser.field(answer, "scope")).isEqualTo("users.read tweet.read offline.access");
        LedgerToken next = token(Browser.field(answer, "refresh_token"));
        assertThat(next.live()).isTrue();
        assertThat(next.answered()).isTrue();
        assertThat(next.parent()).hasValue(pair.refreshToken());
        assertThat(token(pair.refreshToken()).spentBy()).hasValue(1);
        assertThat(simulator.ledger().rotations()).isEqualTo(1);
        assertThat(simulator.ledger().liveRefreshToken("public", "1001")).hasValue(next.value());
    }

    @Test
    void takesJsonWithTheSecretBesideTheHeader() {
        IssuedPair pair = simulator.issue("confidential", "1001");
        String body = "{\"grant_type\":\"refresh_token\",\"refresh_token\":\"" + pair.refreshToken()
                + "\",\"client_id\":\"confidential\",\"client_secret\":\"s3cret\"}";
        String header = Browser.basic("confidential", Browser.SECRET);
        assertThat(browser.postJson("/2/oauth2/token", body, "Authorization", header)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void writesTokensAsXDoes() {
        IssuedPair pair = simulator.issue("public", "1001");
        assertThat(decoded(pair.refreshToken())).matches("[A-Za-z0-9_-]{45}:[0-9]{13}:1:0:rt:1");
        assertThat(decoded(pair.accessToken())).matches("[A-Za-z0-9_-]{45}:[0-9]{13}:1:0:at:1");
    }

    private static String decoded(String token) {
        return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
    }

    @Test
    void keepsTheOldAccessTokenUntilItExpires() {
        IssuedPair pair = simulator.issue("public", "1001");
        browser.refresh(pair.refreshToken());
        assertThat(browser.me(pair.accessToken()).statusCode()).isEqualTo(200);
        simulator.advance(Duration.ofHours(2));
        assertThat(browser.me(pair.accessToken()).statusCode()).isEqualTo(401);
        assertThat(token(pair.accessToken()).fate()).isInstanceOf(LedgerToken.Fate.Expired.class);
    }

    @Test
    void killsTheOldAccessTokenWhenSwitchedSo() {
        simulator.switches().oldAccessDies(true);
        IssuedPair pair = simulator.issue("public", "1001");
        HttpResponse<String> answer = browser.refresh(pair.refreshToken());
        assertThat(browser.me(pair.accessToken()).statusCode()).isEqualTo(401);
        assertThat(browser.me(Browser.field(answer, "access_token")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void honoursSwitchedLifetimes() {
        simulator.switches().tokenLifetime(Duration.ofMinutes(5)).refreshLifetime(Duration.ofDays(180));
        HttpResponse<String> answer =
                browser.refresh(simulator.issue("public", "1001").refreshToken());
        assertThat(Browser.json(answer).path("expires_in").intValue()).isEqualTo(300);
        simulator.advance(Duration.ofDays(180));
        assertThat(browser.refresh(Browser.field(answer, "refresh_token")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void killsTheEarlierGrantOfTheSameUserAndAppOnly() {
        IssuedPair earlier = simulator.issue("public", "1001");
        IssuedPair otherUser = simulator.issue("public", "1002");
        IssuedPair otherApp = simulator.issue("confidential", "1001");
        simulator.issue("public", "1001");
        assertThat(browser.refresh(earlier.refreshToken()).statusCode()).isEqualTo(400);
        assertThat(browser.me(earlier.accessToken()).statusCode()).isEqualTo(401);
        assertThat(token(earlier.refreshToken()).killedBecause()).hasValue("superseded by a new authorization");
        assertThat(token(otherUser.refreshToken()).live()).isTrue();
        assertThat(token(otherApp.refreshToken()).live()).isTrue();
    }

    @Test
    void sparesTheFamilyOnReplayUnlessSwitched() {
        IssuedPair pair = simulator.issue("public", "1001");
        String next = Browser.field(browser.refresh(pair.refreshToken()), "refresh_token");
        browser.refresh(pair.refreshToken());
        assertThat(token(next).live()).isTrue();
        simulator.switches().familyKill(true);
        browser.refresh(pair.refreshToken());
        assertThat(token(next).live()).isFalse();
        assertThat(token(next).killedBecause()).isPresent();
    }

    @Test
    void answersAReplayWithTheSamePairWithinTheGraceWindow() {
        simulator.switches().graceWindow(Duration.ofSeconds(30)).familyKill(true);
        IssuedPair pair = simulator.issue("public", "1001");
        HttpResponse<String> first = browser.refresh(pair.refreshToken());
        HttpResponse<String> again = browser.refresh(pair.refreshToken());
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(simulator.ledger().rotations()).isEqualTo(1);
        simulator.advance(Duration.ofSeconds(31));
        assertThat(browser.refresh(pair.refreshToken()).statusCode()).isEqualTo(400);
    }

    @Test
    void killsEveryGrantOfAUserWhoRevokes() {
        IssuedPair here = simulator.issue("public", "1001");
        IssuedPair there = simulator.issue("confidential", "1001");
        IssuedPair other = simulator.issue("public", "1002");
        simulator.revoke("1001");
        assertThat(simulator.ledger().tokensOf("1001")).hasSize(4).noneMatch(LedgerToken::live);
        assertThat(token(here.accessToken()).killedBecause()).hasValue("revoked by the user");
        assertThat(browser.me(there.accessToken()).statusCode()).isEqualTo(401);
        assertThat(browser.me(other.accessToken()).statusCode()).isEqualTo(200);
    }

    @Test
    void revokesTheGrantWithItsRefreshTokenAndElseOnlyTheAccessToken() {
        IssuedPair pair = simulator.issue("public", "1001");
        HttpResponse<String> answer = revoke(pair.accessToken());
        assertThat(answer.body()).isEqualTo("{\"revoked\":true}");
        assertThat(token(pair.accessToken()).live()).isFalse();
        assertThat(token(pair.refreshToken()).live()).isTrue();
        assertThat(revoke(pair.refreshToken()).statusCode()).isEqualTo(200);
        assertThat(token(pair.refreshToken()).live()).isFalse();
        assertThat(revoke("junk").body()).isEqualTo("{\"revoked\":true}");
    }

    private HttpResponse<String> revoke(String token) {
        return browser.postForm("/2/oauth2/revoke", "token", token, "client_id", "public");
    }

    @Test
    void judgesTheAppByItsSecretOfNow() {
        IssuedPair pair = simulator.issue("public", "1001");
        simulator.changeSecret("public", "new");
        assertThat(browser.refresh(pair.refreshToken()).statusCode()).isEqualTo(401);
        HttpResponse<String> answer = browser.tokenAs(
                Browser.basic("public", "new"), "grant_type", "refresh_token", "refresh_token", pair.refreshToken());
        assertThat(answer.statusCode()).isEqualTo(200);
        simulator.changeSecret("public", null);
        assertThat(browser.refresh(Browser.field(answer, "refresh_token")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void givesNoRefreshTokenWithoutOfflineAccess() {
        assertThat(simulator.issue("public", "1001", "tweet.read").refreshToken())
                .isEmpty();
        assertThat(simulator.ledger().tokens()).hasSize(1);
    }
}
