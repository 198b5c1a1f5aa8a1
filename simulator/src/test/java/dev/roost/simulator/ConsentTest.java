package dev.roost.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the consent page to the first pair. */
final class ConsentTest {

    // The example of RFC 7636, appendix B.
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final Pattern REQUEST = Pattern.compile("name=\"request\" value=\"([^\"]+)\"");

    @AutoClose
    private final Simulator simulator = Browser.simulatorWithPeople();

    @AutoClose
    private final Browser browser = new Browser(simulator);

    private static String query(String change, String value) {
        String[] query = {
            "response_type", "code",
            "client_id", "public",
            "redirect_uri", Browser.CALLBACK,
            "scope", "tweet.read users.read offline.access",
            "state", "a b&c",
            "code_challenge", CHALLENGE,
            "code_challenge_method", "S256"
        };
        for (int i = 0; i < query.length; i += 2) {
            if (query[i].equals(change)) {
                query[i + 1] = value;
            }
        }
        return Browser.query(query);
    }

    private HttpResponse<String> ask(String change, String value) {
        return browser.get("/i/oauth2/authorize?" + query(change, value));
    }

    private String decide(HttpResponse<String> page, String decision) {
        Matcher request = REQUEST.matcher(page.body());
        assertThat(request.find()).isTrue();
        HttpResponse<String> answer = browser.postForm(
                "/i/oauth2/authorize", "request", request.group(1), "user_id", "1002", "decision", decision);
        assertThat(answer.statusCode()).isEqualTo(302);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private String codeFor(String change, String value) {
        String location = decide(ask(change, value), "authorize");
        assertThat(location).startsWith(Browser.CALLBACK + "?code=").endsWith("&state=a%20b%26c");
        return location.substring(location.indexOf("code=") + 5, location.indexOf("&state"));
    }

    private HttpResponse<String> exchange(String code, String redirectUri, String verifier) {
        return browser.postForm(
                "/2/oauth2/token",
                "grant_type",
                "authorization_code",
                "client_id",
                "public",
                "code",
                code,
                "redirect_uri",
                redirectUri,
                "code_verifier",
                verifier);
    }

    @ParameterizedTest
    @CsvSource({"S256," + VERIFIER, "s256," + VERIFIER, "plain," + CHALLENGE, "PLAIN," + CHALLENGE})
    void exchangesTheCodeOfAConsent(String method, String verifier) {
        HttpResponse<String> answer = exchange(codeFor("code_challenge_method", method), Browser.CALLBACK, verifier);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(browser.me(Browser.field(answer, "access_token")).body()).contains("\"username\":\"grace\"");
        assertThat(simulator.ledger().liveRefreshToken("public", "1002"))
                .hasValue(Browser.field(answer, "refresh_token"));
        assertThat(simulator.ledger().requests().getFirst().outcome()).isEqualTo(Outcome.EXCHANGED);
    }

    @Test
    void givesNoRefreshTokenWithoutOfflineAccess() {
        HttpResponse<String> answer = exchange(codeFor("scope", "tweet.read"), Browser.CALLBACK, VERIFIER);
        assertThat(Browser.json(answer).has("refresh_token")).isFalse();
    }

    @Test
    void sendsADenialBackWithoutACode() {
        assertThat(decide(ask("", ""), "cancel")).isEqualTo(Browser.CALLBACK + "?error=access_denied&state=a%20b%26c");
    }

    @Test
    void refusesACodeUsedBeforeOrAfterThirtySeconds() {
        String used = codeFor("", "");
        exchange(used, Browser.CALLBACK, VERIFIER);
        assertRefused(
                exchange(used, Browser.CALLBACK, VERIFIER), "Value passed for the authorization code was invalid.");
        String late = codeFor("", "");
        simulator.advance(Duration.ofSeconds(30));
        assertRefused(
                exchange(late, Browser.CALLBACK, VERIFIER), "Value passed for the authorization code was invalid.");
    }

    @Test
    void refusesAnotherRedirectUriOrVerifier() {
        String code = codeFor("", "");
        assertRefused(
                exchange(code, Browser.CALLBACK + "/", VERIFIER),
                "Value passed for the redirect uri did not match the uri of the authorization code.");
        assertRefused(exchange(code, Browser.CALLBACK, CHALLENGE), "Value passed for the code verifier was invalid.");
    }

    private static void assertRefused(HttpResponse<String> answer, String description) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"invalid_request\",\"error_description\":\"" + description + "\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "client_id,nobody",
        "client_id,''",
        "redirect_uri,http://127.0.0.1:3001/callback/",
        "response_type,token",
        "code_challenge,''",
        "code_challenge_method,S512",
        "scope,''",
        "scope,tweet.fly"
    })
    void showsAPersonAPageInsteadOfRedirectingAMisconfiguredRequest(String parameter, String value) {
        HttpResponse<String> page = ask(parameter, value);
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.headers().firstValue("Location")).isEmpty();
        assertThat(page.body()).contains("Something went wrong", "You weren't able to give access to the App");
    }

    @Test
    void takesAStateOfFiveHundredCharactersAndNoMore() {
        assertThat(ask("state", "s".repeat(500)).statusCode()).isEqualTo(200);
        assertThat(ask("state", "s".repeat(501)).statusCode()).isEqualTo(400);
    }

    @Test
    void preselectsTheUserAskedForAndEscapesWhatTheAppSent() {
        simulator.addApp("<b>", null, Browser.CALLBACK);
        HttpResponse<String> page = browser.get("/2/oauth2/authorize?" + query("client_id", "<b>") + "&_sim_user=1002");
        assertThat(page.body())
                .contains("<option value=\"1002\" selected>", "&lt;b&gt;", "<li>offline.access</li>")
                .doesNotContain("<b>");
    }

    @Test
    void decidesARequestOnce() {
        HttpResponse<String> page = ask("", "");
        decide(page, "authorize");
        Matcher request = REQUEST.matcher(page.body());
        assertThat(request.find()).isTrue();
        HttpResponse<String> again = browser.postForm(
                "/i/oauth2/authorize", "request", request.group(1), "user_id", "1001", "decision", "authorize");
        assertThat(again.statusCode()).isEqualTo(400);
    }

    @Test
    void namesTheAuthorizeUri() {
        assertThat(simulator.authorizeUri()).isEqualTo(URI.create(simulator.uri() + "/i/oauth2/authorize"));
    }
}
