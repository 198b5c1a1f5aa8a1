package dev.roost.x;

import static dev.roost.x.Fixture.answer;
import static dev.roost.x.Fixture.error;
import static dev.roost.x.Fixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Verdict;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every answer of the token endpoint that is known, and what lies between them. */
class OutcomeMapperTest {
    private static final String PAIR = "{\"token_type\":\"bearer\",\"expires_in\":7200,\"access_token\":\"at-1\","
            + "\"scope\":\"users.read offline.access\",\"refresh_token\":\"rt-1\"}";
    private static final String CLOUDFLARE = "<!DOCTYPE html>\n<html><head>\n<title>Attention Required! | Cloudflare"
            + "</title></head><body>Sorry, you have been blocked</body></html>";
    private static final String DEAD = "Value passed for the token was invalid.";
    private static final String HEADER = "Missing valid authorization header";

    static final List<Row> ROWS = List.of(
            // 200
            row(json(200, PAIR), Verdict.Rotated.class, ""),
            row(answer(200, "text/plain", PAIR), Verdict.Rotated.class, ""),
            row(json(201, PAIR), Verdict.Rotated.class, ""),
            row(json(200, "{}"), Verdict.Unknown.class, "HTTP 200 with no usable access_token in it"),
            row(json(200, "{\"access_token\":\" \"}"), Verdict.Unknown.class, "no usable access_token"),
            row(json(200, "{\"access_token\":7}"), Verdict.Unknown.class, "no usable access_token"),
            row(json(200, "{\"access_token\":\"a\\u0000b\"}"), Verdict.Unknown.class, "no usable access_token"),
            row(
                    json(200, "{\"access_token\":\"a\",\"refresh_token\":7}"),
                    Verdict.Unknown.class,
                    "a refresh_token in it that is none"),
            row(json(200, "{\"access_token\":\"at"), Verdict.Unknown.class, "HTTP 200 with a body that is not JSON"),
            row(json(200, "[1]"), Verdict.Unknown.class, "not JSON"),
            row(json(200, ""), Verdict.Unknown.class, "not JSON"),
            row(json(204, ""), Verdict.Unknown.class, "HTTP 204"),
            row(answer(200, "text/html", "<html>Hi</html>"), Verdict.Unknown.class, "HTTP 200 with an HTML page"),
            row(json(200, error("invalid_request", DEAD)), Verdict.Unknown.class, "no usable access_token"),
            // a dead grant, F9
            row(
                    json(400, error("invalid_request", DEAD)),
                    Verdict.GrantRefused.class,
                    "HTTP 400 invalid_request: " + DEAD),
            row(
                    json(400, error("invalid_request", "Value passed for the refresh token was invalid.")),
                    Verdict.GrantRefused.class,
                    "the refresh token was invalid"),
            row(json(400, error("invalid_grant", "whatever")), Verdict.GrantRefused.class, "invalid_grant: whatever"),
            row(json(400, "{\"error\":\"INVALID_GRANT\"}"), Verdict.GrantRefused.class, "INVALID_GRANT"),
            row(answer(400, "", error("invalid_request", DEAD)), Verdict.GrantRefused.class, DEAD),
            // the app, F10 F12
            row(json(401, error("unauthorized_client", HEADER)), Verdict.AppRejected.class, "check the client secret"),
            row(json(401, error("invalid_grant", DEAD)), Verdict.AppRejected.class, "HTTP 401"),
            row(json(401, error("invalid_request", DEAD)), Verdict.AppRejected.class, "HTTP 401"),
            row(json(401, ""), Verdict.AppRejected.class, "an empty body"),
            row(answer(401, "text/html", CLOUDFLARE), Verdict.AppRejected.class, "Attention Required! | Cloudflare"),
            row(
                    json(400, error("invalid_client", "Value passed for the client id was invalid.")),
                    Verdict.AppRejected.class,
                    "not its API key"),
            row(
                    json(400, error("invalid_request", "Value passed for the client id was invalid.")),
                    Verdict.AppRejected.class,
                    "client id"),
            row(json(400, error("unauthorized_client", HEADER)), Verdict.AppRejected.class, HEADER),
            row(json(403, error("unauthorized_client", HEADER)), Verdict.AppRejected.class, "HTTP 403"),
            row(json(429, error("invalid_client", "no")), Verdict.AppRejected.class, "HTTP 429"),
            row(json(500, error("invalid_client", "no")), Verdict.AppRejected.class, "HTTP 500"),
            row(
                    json(400, error("invalid_request", "Missing required parameter [client_id].")),
                    Verdict.AppRejected.class,
                    "stray characters"),
            // the address
            row(json(404, "{\"title\":\"Not Found\"}"), Verdict.AppRejected.class, "Not Found (is the apiUrl setting"),
            row(json(405, ""), Verdict.AppRejected.class, "is the apiUrl setting right?"),
            row(json(415, ""), Verdict.AppRejected.class, "HTTP 415"),
            row(answer(301, "text/html", "", "Location", "https://x.com/"), Verdict.AppRejected.class, "apiUrl"),
            row(answer(302, "", ""), Verdict.AppRejected.class, "HTTP 302"),
            row(json(404, error("invalid_grant", DEAD)), Verdict.AppRejected.class, "HTTP 404"),
            // other bad requests keep the grant
            row(
                    json(400, error("invalid_request", "Missing required parameter [grant_type].")),
                    Verdict.Throttled.class,
                    "[grant_type]"),
            row(
                    json(400, error("invalid_request", "Value passed for the authorization code was invalid.")),
                    Verdict.Throttled.class,
                    "begin the sign-in again"),
            row(
                    json(400, error("invalid_request", "Value passed for the access token was invalid.")),
                    Verdict.Throttled.class,
                    "access token"),
            row(json(400, error("invalid_scope", "no")), Verdict.Throttled.class, "invalid_scope"),
            row(json(400, "{"), Verdict.Throttled.class, "a body of 1 characters that is not JSON"),
            row(json(400, ""), Verdict.Throttled.class, "an empty body"),
            row(
                    answer(400, "text/html", "<html>" + DEAD.replace('.', ' ')),
                    Verdict.Throttled.class,
                    "without a title"),
            row(json(402, "{\"title\":\"CreditsDepleted\"}"), Verdict.Throttled.class, "CreditsDepleted"),
            row(json(408, ""), Verdict.Throttled.class, "HTTP 408"),
            row(json(422, ""), Verdict.Throttled.class, "HTTP 422"),
            // the network in front of X, F8 F27
            row(
                    answer(403, "text/html; charset=UTF-8", CLOUDFLARE),
                    Verdict.Throttled.class,
                    "HTTP 403: an HTML page \"Attention Required! | Cloudflare\""),
            row(json(403, "{\"detail\":\"Forbidden\"}"), Verdict.Throttled.class, "HTTP 403: Forbidden"),
            row(json(403, error("invalid_grant", DEAD)), Verdict.Throttled.class, "HTTP 403"),
            row(answer(403, "text/plain", "error code: 1020"), Verdict.Throttled.class, "error code: 1020"),
            row(json(429, "{\"title\":\"Too Many Requests\"}"), Verdict.Throttled.class, "Too Many Requests"),
            row(json(429, error("invalid_request", DEAD)), Verdict.Throttled.class, "HTTP 429"),
            row(
                    json(429, "{\"errors\":[{\"code\":88,\"message\":\"Rate limit exceeded\"}]}"),
                    Verdict.Throttled.class,
                    "Rate limit exceeded"),
            // ambiguous, F2
            row(json(500, ""), Verdict.Unknown.class, "HTTP 500: an empty body"),
            row(json(500, error("invalid_grant", DEAD)), Verdict.Unknown.class, "HTTP 500"),
            row(json(502, ""), Verdict.Unknown.class, "HTTP 502"),
            row(json(503, "{\"title\":\"Service Unavailable\"}"), Verdict.Unknown.class, "Service Unavailable"),
            row(answer(503, "text/html", CLOUDFLARE), Verdict.Unknown.class, "HTTP 503: an HTML page"),
            row(json(504, ""), Verdict.Unknown.class, "HTTP 504"),
            row(json(999, ""), Verdict.Unknown.class, "HTTP 999"),
            row(json(101, ""), Verdict.Unknown.class, "HTTP 101"),
            // no answer
            new Row(new Delivery.NotSent("no address"), Verdict.NotSent.class, "no address"),
            new Row(new Delivery.Unknown("broke off"), Verdict.Unknown.class, "broke off"));

    @ParameterizedTest(name = "{0}")
    @FieldSource("ROWS")
    void saysWhatAnAnswerMeansF8F9F10(Row row) {
        Verdict verdict =
                new OutcomeMapper(Fixture.CLOCK, true).verdict(row.delivery, Censor.of(Fixture.REFRESH.value()));
        assertThat(verdict).isInstanceOf(row.expected);
        assertThat(verdict.toString()).contains(row.words);
    }

    @Test
    void advisesAPublicAppThatXHasAsConfidentialF12() {
        Verdict verdict = new OutcomeMapper(Fixture.CLOCK, false)
                .verdict(json(401, error("unauthorized_client", HEADER)), Censor.of());
        assertThat(verdict.toString()).contains(HEADER + " (X has this app as confidential: give its client secret)");
    }

    @Test
    void isUnknownWhenAnAnswerCannotBeReadF2() {
        Verdict verdict = new OutcomeMapper(OutcomeMapperTest::noTime, true)
                .verdict(json(429, "", "Retry-After", Fixture.DATE), Censor.of());
        assertThat(verdict).isEqualTo(new Verdict.Unknown("HTTP 429 that could not be read (DateTimeException)"));
    }

    private static Instant noTime() {
        throw new DateTimeException("no time");
    }

    @Test
    void shortensWhatXSays() {
        Verdict verdict = new OutcomeMapper(Fixture.CLOCK, true)
                .verdict(json(400, error("invalid_request", "word ".repeat(500))), Censor.of());
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Throttled.class,
                        throttled ->
                                assertThat(throttled.answer().description()).hasSize(Censor.LIMIT));
    }

    private static Row row(Delivery delivery, Class<? extends Verdict> expected, String words) {
        return new Row(delivery, expected, words);
    }

    record Row(Delivery delivery, Class<? extends Verdict> expected, String words) {
        @Override
        public String toString() {
            String what = delivery instanceof Delivery.Answered answer
                    ? answer.status() + " " + answer.mediaType() + " "
                            + answer.body().lines().findFirst().orElse("")
                    : delivery.toString();
            return what + " is " + expected.getSimpleName();
        }
    }
}
