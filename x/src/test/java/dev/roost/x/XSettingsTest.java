package dev.roost.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.roost.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XSettingsTest {
    @Test
    void knowsWhereXIs() {
        XSettings settings = XSettings.of("id", Optional.empty());
        assertThat(settings.authorizeUrl()).hasToString("https://x.com/i/oauth2/authorize");
        assertThat(settings.api("/2/oauth2/token")).hasToString("https://api.x.com/2/oauth2/token");
        assertThat(settings.connectDeadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.answerDeadline()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void dropsWhiteSpaceAroundIdAndSecretF11() {
        XSettings settings = XSettings.of(" id\n", Optional.of(Secret.of("\tsecret\r\n")));
        assertThat(settings.clientId()).isEqualTo("id");
        assertThat(settings.clientSecret().orElseThrow().expose()).isEqualTo("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a b", "\"id\"", "abc:1:ci", "id\u0000x", "idé"})
    void refusesIdsThatXCannotHaveF11(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> XSettings.of(id, Optional.empty()))
                .withMessageContaining("client id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"canary-secret\"", "'canary-secret'", "canary secret", "canary-sécret"})
    void refusesSecretsThatWereCopiedWronglyWithoutShowingThemF11(String secret) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> XSettings.of("id", Optional.of(Secret.of(secret))))
                .withMessageContaining("client secret")
                .withMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.x.com",
                "ftp://127.0.0.1",
                "https:///x",
                "/2/oauth2",
                "https://api.x.com?a=b",
                "https://api.x.com#a",
                "https://user:pw-canary@api.x.com",
                "http://127.0.0.1.example.com"
            })
    void refusesAddressesThatAreNotSafe(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withApi(url))
                .withMessageContaining("apiUrl")
                .withMessageContaining("allowed is")
                .withMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1", "https://127.0.0.1:1"})
    void allowsPlainHttpOnLoopback(String url) {
        assertThat(withApi(url).apiUrl()).hasToString(url);
    }

    @Test
    void takesAnApiBelowAPathWithOrWithoutSlash() {
        assertThat(withApi("https://proxy.example/x//").api("/2/users/me"))
                .hasToString("https://proxy.example/x/2/users/me");
    }

    @Test
    void refusesDeadlinesThatContradictEachOther() {
        URI url = URI.create("https://x.com");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new XSettings("id", Optional.empty(), url, url, Duration.ofSeconds(5), Duration.ofSeconds(5)))
                .withMessageContaining("answerDeadline is PT5S; allowed is more than connectDeadline");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new XSettings("id", Optional.empty(), url, url, Duration.ZERO, Duration.ofSeconds(5)))
                .withMessageContaining("connectDeadline is PT0S");
    }

    @Test
    void doesNotShowItsSecretF29() {
        assertThat(XSettings.of("id", Optional.of(Fixture.CLIENT_SECRET)).toString())
                .doesNotContain("canary");
    }

    private static XSettings withApi(String url) {
        return new XSettings(
                "id",
                Optional.empty(),
                XSettings.AUTHORIZE_URL,
                URI.create(url),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2));
    }
}
