package dev.roost.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Every error body of the token endpoint, to the letter. */
final class TokenRefusalTest {

    private static final String MISSING_HEADER =
            "{\"error\":\"unauthorized_client\",\"error_description\":\"Missing valid authorization header\"}";
    private static final String BAD_CLIENT_ID =
            "{\"error\":\"invalid_client\",\"error_description\":\"Value passed for the client id was invalid.\"}";
    private static final String BAD_TOKEN = invalidRequest("Value passed for the token was invalid.");
    private static final String NO_CLIENT_ID = invalidRequest("Missing required parameter [client_id].");

    @AutoClose
    private final Simulator simulator = Browser.simulatorWithPeople();

    @AutoClose
    private final Browser browser = new Browser(simulator);

    private static String invalidRequest(String description) {
        return "{\"error\":\"invalid_request\",\"error_description\":\"" + description + "\"}";
    }

    private static void assertRefused(HttpResponse<String> response, int status, String body) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json;charset=utf-8");
    }

    private HttpResponse<String> probe(String authorization, String... more) {
        String[] form = new String[4 + more.length];
        System.arraycopy(new String[] {"grant_type", "refresh_token", "refresh_token", "junk"}, 0, form, 0, 4);
        System.arraycopy(more, 0, form, 4, more.length);
        return authorization.isEmpty()
                ? browser.postForm("/2/oauth2/token", form)
                : browser.tokenAs(authorization, form);
    }

    @Test
    void refusesTokenNeverIssued() {
        assertRefused(browser.refresh("junk"), 400, BAD_TOKEN);
    }

    @Test
    void refusesSpentToken() {
        IssuedPair pair = simulator.issue("public", "1001");
        browser.refresh(pair.refreshToken());
        assertRefused(browser.refresh(pair.refreshToken()), 400, BAD_TOKEN);
    }

    @Test
    void refusesAccessTokenAsRefreshToken() {
        assertRefused(browser.refresh(simulator.issue("public", "1001").accessToken()), 400, BAD_TOKEN);
    }

    @Test
    void refusesTokenOfAnotherApp() {
        IssuedPair pair = simulator.issue("confidential", "1001");
        assertRefused(browser.refresh(pair.refreshToken()), 400, BAD_CLIENT_ID);
        assertThat(simulator.ledger().liveRefreshToken("confidential", "1001")).hasValue(pair.refreshToken());
    }

    @Test
    void refusesUnknownClientWithAndWithoutHeader() {
        assertRefused(probe("", "client_id", "nobody"), 400, BAD_CLIENT_ID);
        assertRefused(probe(Browser.basic("nobody", "x")), 400, BAD_CLIENT_ID);
    }

    @Test
    void refusesHeaderThatContradictsTheBody() {
        assertRefused(probe(Browser.basic("confidential", Browser.SECRET), "client_id", "public"), 400, BAD_CLIENT_ID);
    }

    @Test
    void wantsTheHeaderFromConfidentialClients() {
        assertRefused(probe("", "client_id", "confidential"), 401, MISSING_HEADER);
        assertRefused(probe("", "client_id", "confidential", "client_secret", Browser.SECRET), 401, MISSING_HEADER);
        assertRefused(probe(Browser.basic("confidential", "wrong")), 401, MISSING_HEADER);
    }

    @Test
    void letsGoodCredentialsThroughToTheToken() {
        String good = Browser.basic("confidential", Browser.SECRET);
        assertRefused(probe(good), 400, BAD_TOKEN);
        assertRefused(probe(good, "client_id", "confidential"), 400, BAD_TOKEN);
        assertRefused(probe(good, "client_secret", Browser.SECRET), 400, BAD_TOKEN);
    }

    @Test
    void takesHeaderThatDoesNotParseForAPublicCall() {
        String good = Browser.basic("confidential", Browser.SECRET);
        assertRefused(probe(good.substring("Basic ".length())), 400, NO_CLIENT_ID);
        assertRefused(probe("Basic not*base64"), 400, NO_CLIENT_ID);
        assertRefused(probe(good.replace("=", "")), 400, NO_CLIENT_ID);
        assertRefused(probe("Basic nothing", "client_id", "public"), 400, BAD_TOKEN);
    }

    @Test
    void takesBase64UrlForAPublicCall() {
        simulator.addApp("odd", "\u00fb\u00ff~~>>??", Browser.CALLBACK);
        byte[] pair = "odd:\u00fb\u00ff~~>>??".getBytes(StandardCharsets.UTF_8);
        assertRefused(probe("Basic " + Base64.getUrlEncoder().encodeToString(pair)), 400, NO_CLIENT_ID);
        assertRefused(probe("Basic " + Base64.getEncoder().encodeToString(pair)), 400, BAD_TOKEN);
    }

    @Test
    void namesMissingParameters() {
        assertMissing("grant_type", browser.postForm("/2/oauth2/token", "client_id", "public"));
        assertMissing("client_id", probe(""));
        assertMissing(
                "refresh_token",
                browser.postForm("/2/oauth2/token", "grant_type", "refresh_token", "client_id", "public"));
        assertMissing("code", exchange("", Browser.CALLBACK, "v"));
        assertMissing("redirect_uri", exchange("c", "", "v"));
        assertMissing("code_verifier", exchange("c", Browser.CALLBACK, ""));
    }

    private static void assertMissing(String parameter, HttpResponse<String> response) {
        assertRefused(response, 400, invalidRequest("Missing required parameter [" + parameter + "]."));
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

    @Test
    void refusesOtherGrantTypes() {
        assertRefused(
                browser.postForm("/2/oauth2/token", "grant_type", "client_credentials", "client_id", "public"),
                400,
                invalidRequest("Value passed for the grant type was invalid. "
                        + "Grant type should be one of [authorization_code, refresh_token]."));
    }

    @Test
    void notesEachRefusalInTheLedger() {
        browser.refresh("junk");
        probe(Browser.basic("confidential", "wrong"));
        probe("");
        assertThat(simulator.ledger().requests())
                .extracting(LedgerRequest::outcome)
                .containsExactly(Outcome.REFUSED_TOKEN, Outcome.REFUSED_CLIENT, Outcome.BAD_REQUEST);
        assertThat(simulator.ledger().timesPresented("junk")).isEqualTo(1);
    }
}
