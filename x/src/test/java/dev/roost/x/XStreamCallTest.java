package dev.roost.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be put behind the API address, and what may not, whoever asks. */
class XStreamCallTest {
    private static final XSettings SETTINGS = Fixture.settings(URI.create("https://api.x.com/base/"), Optional.empty());

    static final List<Row> BAD = List.of(
            new Row("", "must begin with /2/"),
            new Row("/", "must begin with /2/"),
            new Row("/2", "must begin with /2/"),
            new Row("/2/", "must begin with /2/ and name something"),
            new Row("2/users/me", "must begin with /2/"),
            new Row("/1.1/statuses", "must begin with /2/"),
            new Row("//evil.example/2/x", "must begin with /2/"),
            new Row("https://evil.example/2/x", "must begin with /2/"),
            new Row("@evil.example/2/x", "must begin with /2/"),
            new Row(":80@evil.example/2/x", "must begin with /2/"),
            new Row("/2/../oauth2/token", "no dot segment"),
            new Row("/2/users/..", "no dot segment"),
            new Row("/2/users/..;x=1/me", "no dot segment"),
            new Row("/2/./users", "no dot segment"),
            new Row("/2/users/.", "no dot segment"),
            new Row("/2//users", "no empty segment"),
            new Row("/2/users//", "no empty segment"),
            new Row("/2/%2e%2e/x", "must not encode %2e"),
            new Row("/2/.%2E/x", "must not encode %2E"),
            new Row("/2/users%2Fme", "must not encode %2F"),
            new Row("/2/users%5c..", "no dot segment"),
            new Row("/2/users%5cme", "must not encode %5c"),
            new Row("/2/users%252fme", "must not encode %25"),
            new Row("/2/users%00", "must not encode %00"),
            new Row("/2/users%0d%0aHost:x", "must not encode %0d"),
            new Row("/2/users%20me", "must not encode %20"),
            new Row("/2/users%7f", "must not encode %7f"),
            new Row("/2/users%40evil", "must not encode %40"),
            new Row("/2/users%3fa", "must not encode %3f"),
            new Row("/2/users%23a", "must not encode %23"),
            new Row("/2/%6fauth2/token", "must not encode %6f"),
            new Row("/2/users%2", "two hexadecimal digits"),
            new Row("/2/users%zz", "two hexadecimal digits"),
            new Row("/2/users\\me", "must have no @"),
            new Row("/2/users@evil", "must have no @"),
            new Row("/2/users?x=1", "must have no @"),
            new Row("/2/users#x", "must have no @"),
            new Row("/2/users me", "must have no @"),
            new Row("/2/users\r\nHost: x", "must have no @"),
            new Row("/2/users\u0000", "must have no @"),
            new Row("/2/us\u00e9rs", "must have no @"),
            new Row("/2/\uff0e\uff0e/x", "must have no @"),
            new Row("/2/oauth2/token", "must not be below /2/oauth2"),
            new Row("/2/OAuth2/revoke", "must not be below /2/oauth2"));

    @ParameterizedTest
    @FieldSource("BAD")
    void refusesPathsThatCouldLeadAstray(Row row) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call("GET", row.path, Optional.empty()))
                .withMessageContaining(row.rule)
                .withMessageStartingWith("path \"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/2/users/me",
                "/2/users/by/username/a_B.1",
                "/2/tweets/search/recent",
                "/2/users/1/likes/2",
                "/2/x/caf%C3%A9",
                "/2/x/a,b;c=d:e!$&'()*+~-/"
            })
    void leavesOtherPathsAsTheyAre(String path) {
        URI uri = SETTINGS.api(call("GET", path, Optional.empty()).path());
        assertThat(uri).hasToString("https://api.x.com/base" + path);
        assertThat(uri.getHost()).isEqualTo("api.x.com");
        assertThat(uri.normalize()).isEqualTo(uri);
        assertThat(uri.getRawPath()).startsWith("/base/2/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a#b", "a=\r\nb", "a=%", "a=%2", "a=\u00e9", "a=\"", "a[]=1", "a=\\"})
    void refusesQueriesThatAreNotEncoded(String query) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call("GET", "/2/users/me", Optional.of(query)))
                .withMessageContaining("must be percent-encoded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=b&c=%20%2F..%40", "q=/?:@!$'()*,;~"})
    void leavesOtherQueriesAsTheyAre(String query) {
        assertThat(SETTINGS.api("/2/x?" + query).getRawQuery()).isEqualTo(query);
        assertThat(call("GET", "/2/x", Optional.of(query)).query()).contains(query);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "TRACE", "OPTIONS", "get", "", "GET /2/x HTTP/1.1\r\n"})
    void refusesOtherMethods(String method) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call(method, "/2/users/me", Optional.empty()))
                .withMessageContaining("is none of GET, HEAD, POST, PUT, PATCH, DELETE");
    }

    @Test
    void refusesHeadersThatWouldBreakTheRequest() {
        for (String value : List.of("a\r\nX: b", "a\nb", "a\u0000", "\u00e9", "a\tb")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new XStreamCall(
                            "GET", "/2/users/me", Optional.empty(), Map.of("Accept", List.of(value)), Optional.empty()))
                    .withMessage(
                            "header Accept has a control character or one outside ASCII; allowed is printable ASCII");
        }
    }

    @Test
    void refusesANegativeLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new XStreamCall.Content(InputStream.nullInputStream(), OptionalLong.of(-1)))
                .withMessage("the content's length is -1; allowed is 0 or more");
    }

    @Test
    void doesNotPrintTheQuery() {
        assertThat(call("GET", "/2/users/me", Optional.of("token=canary"))).hasToString("GET /2/users/me");
    }

    private static XStreamCall call(String method, String path, Optional<String> query) {
        return new XStreamCall(method, path, query, Map.of(), Optional.empty());
    }

    record Row(String path, String rule) {
        @Override
        public String toString() {
            return Censor.shown(path);
        }
    }
}
