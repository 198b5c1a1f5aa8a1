package dev.roost.x;

import static dev.roost.x.Fixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccessToken;
import dev.roost.core.RefreshToken;
import dev.roost.core.Scopes;
import dev.roost.core.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenAnswerTest {
    @Test
    void readsTheAnswerThatXDocuments() {
        Verdict.Rotated rotated = read("{\"token_type\":\"bearer\",\"expires_in\":7200,\"access_token\":\"at\","
                + "\"scope\":\"users.read tweet.read offline.access\",\"refresh_token\":\"rt\",\"new\":{}}");
        assertThat(rotated.access()).isEqualTo(AccessToken.of("at"));
        assertThat(rotated.refresh()).contains(RefreshToken.of("rt"));
        assertThat(rotated.lifetime()).isEqualTo(Duration.ofHours(2));
        assertThat(rotated.scopes()).contains(Scopes.of("tweet.read", "users.read", "offline.access"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"refresh_token\":null", ",\"refresh_token\":\"\"", ",\"refresh_token\":\" \""})
    void keepsTheOldRefreshTokenWhenNoneComesF14F15(String member) {
        assertThat(read("{\"access_token\":\"at\"" + member + "}").refresh()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7200 | PT2H",
                "\"3600\" | PT1H",
                "\" 3600 \" | PT1H",
                "3600.0 | PT1H",
                "null | PT2H",
                "0 | PT2H",
                "-1 | PT2H",
                "\"-7200\" | PT2H",
                "\"soon\" | PT2H",
                "{} | PT2H",
                "1e400 | PT2H",
                "99999999999999999999999 | PT2H",
                "1 | PT1M",
                "0.5 | PT1M",
                "86401 | PT24H",
                "999999999999999999 | PT24H"
            })
    void makesALifetimeOfWhateverComesF14(String json, String expected) {
        assertThat(read("{\"access_token\":\"at\",\"expires_in\":" + json + "}").lifetime())
                .isEqualTo(Duration.parse(expected));
    }

    @Test
    void takesTwoHoursWhenNoLifetimeComesF14() {
        assertThat(read("{\"access_token\":\"at\"}").lifetime()).isEqualTo(Duration.ofHours(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"scope\":null", ",\"scope\":\"\"", ",\"scope\":[\"tweet.read\"]"})
    void knowsNoScopesWhenXNamesNone(String member) {
        assertThat(read("{\"access_token\":\"at\"" + member + "}").scopes()).isEmpty();
    }

    private static Verdict.Rotated read(String body) {
        return (Verdict.Rotated) TokenAnswer.read(json(200, body));
    }
}
