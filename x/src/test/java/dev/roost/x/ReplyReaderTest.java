package dev.roost.x;

import static dev.roost.x.Fixture.answer;
import static dev.roost.x.Fixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.x.XProblem.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal of a data call that is known. */
class ReplyReaderTest {
    private static final long NOW = Fixture.NOW.getEpochSecond();
    private static final ApiCall<String> CALL = ApiCall.writing("POST", "/2/tweets", data -> Json.text(data, "id"));

    static final List<Row> ROWS = List.of(
            new Row(
                    402,
                    problem("CreditsDepleted", "no credits", "/2/problems/credits"),
                    Kind.CREDITS_DEPLETED,
                    "add some"),
            new Row(403, problem("CreditsDepleted", "no credits", "about:blank"), Kind.CREDITS_DEPLETED, "add some"),
            new Row(402, "", Kind.CREDITS_DEPLETED, "add some"),
            new Row(
                    403,
                    "{\"title\":\"Client Forbidden\",\"reason\":\"client-not-enrolled\",\"detail\":\"x\","
                            + "\"type\":\"https://api.twitter.com/2/problems/client-forbidden\"}",
                    Kind.CLIENT_NOT_ENROLLED,
                    "Pay-per-use"),
            new Row(
                    403,
                    problem(
                            "Forbidden",
                            "You are not allowed to create a Tweet with duplicate content.",
                            "about:blank"),
                    Kind.DUPLICATE_CONTENT,
                    "that one was published"),
            new Row(
                    403,
                    problem(
                            "Forbidden",
                            "Reply to this conversation is not allowed because you have not been mentioned",
                            "about:blank"),
                    Kind.REPLY_NOT_ALLOWED,
                    "Policy of X"),
            new Row(400, problem("Invalid", "Your Tweet text is too long.", "x"), Kind.TEXT_TOO_LONG, "Shorten"),
            new Row(403, problem("Forbidden", "Your Tweet text is too long.", "x"), Kind.TEXT_TOO_LONG, "Shorten"),
            new Row(
                    403,
                    problem("Unsupported", "Authenticating with OAuth 2.0", "/2/problems/unsupported-authentication"),
                    Kind.WRONG_TOKEN_KIND,
                    "sign the account in again"),
            new Row(403, problem("F", "d", "/2/problems/oauth1-permissions"), Kind.APP_READ_ONLY, "write permission"),
            new Row(403, problem("F", "d", "/2/problems/usage-capped"), Kind.USAGE_CAPPED, "cap"),
            new Row(
                    403,
                    problem("Forbidden", "You are not permitted to perform this action.", "about:blank"),
                    Kind.NOT_PERMITTED,
                    "this call needs tweet.read tweet.write users.read"),
            new Row(403, "<html><title>Blocked</title>", Kind.BLOCKED, "no verdict on account or token"),
            new Row(
                    404,
                    problem("Not Found", "gone", "/2/problems/resource-not-found"),
                    Kind.NOT_FOUND,
                    "no such post"),
            new Row(404, "", Kind.NOT_FOUND, "apiUrl"),
            new Row(400, problem("Invalid Request", "bad", "x"), Kind.INVALID_REQUEST, "Correct what X names"),
            new Row(301, "", Kind.OTHER, "apiUrl"),
            new Row(409, "", Kind.OTHER, "own words"),
            // F34: paid, and not done
            new Row(
                    200,
                    "{\"errors\":[{\"title\":\"Not Found Error\",\"detail\":\"no\",\"type\":\"/2/problems/"
                            + "resource-not-found\"}]}",
                    Kind.NOT_FOUND,
                    "no such post"),
            new Row(201, "{\"errors\":[{\"message\":\"odd\"}]}", Kind.OTHER, "odd"));

    @ParameterizedTest
    @FieldSource("ROWS")
    void explainsRefusalsF24F28F34(Row row) {
        XReply<String> reply = read(json(row.status, row.body));
        assertThat(reply).isInstanceOfSatisfying(XReply.Refused.class, refused -> {
            assertThat(refused.problem().kind()).isEqualTo(row.kind);
            assertThat(refused.toString()).contains(row.words);
        });
    }

    @Test
    void tellsAnExpiredTokenF22() {
        XReply<String> reply = read(json(401, problem("Unauthorized", "Unauthorized", "about:blank")));
        assertThat(reply).isInstanceOf(XReply.Unauthorized.class);
        assertThat(reply.toString()).contains("UNAUTHORIZED", "one refresh may cure it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "<html>", "{\"data\":null}", "{\"data\":{}}", "{\"data\":{\"id\":7}}"})
    void doesNotTakeAnEmptySuccessForOneF34(String body) {
        assertThat(read(json(201, body)))
                .isEqualTo(new XReply.Unknown<>("HTTP 201 without the data that X promises for POST /2/tweets"));
    }

    @Test
    void takesDataThatComesWithErrorsF34() {
        assertThat(read(json(200, "{\"data\":{\"id\":\"1\"},\"errors\":[{\"title\":\"partial\"}]}")))
                .isEqualTo(new XReply.Ok<>("1", new RateLimits(List.of())));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void doesNotKnowAfterAnErrorOfXF28(int status) {
        assertThat(read(json(status, problem("Service Unavailable", "", "x")))).isInstanceOf(XReply.Unknown.class);
    }

    @Test
    void picksTheWindowThatIsExhaustedF26() {
        String[] day = {"x-user-limit-24hour-limit", "100", "x-user-limit-24hour-reset", "" + (NOW + 40_000)};
        String[] quarter = {"x-rate-limit-limit", "50", "x-rate-limit-reset", "" + (NOW + 601)};
        assertThat(retryIn(join(day, quarter, "x-rate-limit-remaining", "0", "x-user-limit-24hour-remaining", "3")))
                .isEqualTo(Duration.ofSeconds(601));
        assertThat(retryIn(join(day, quarter, "x-rate-limit-remaining", "9", "x-user-limit-24hour-remaining", "0")))
                .isEqualTo(Duration.ofSeconds(40_000));
        assertThat(retryIn(join(day, quarter, "x-rate-limit-remaining", "0", "x-user-limit-24hour-remaining", "0")))
                .isEqualTo(Duration.ofSeconds(40_000));
    }

    @Test
    void boundsTheWaitF26() {
        assertThat(retryIn()).isEqualTo(Duration.ofMinutes(15));
        assertThat(retryIn("Retry-After", "7")).isEqualTo(Duration.ofSeconds(7));
        assertThat(retryIn("Retry-After", "99999999")).isEqualTo(Duration.ofHours(25));
        assertThat(retryIn("x-rate-limit-reset", "" + (NOW - 50))).isEqualTo(Duration.ofSeconds(1));
        assertThat(retryIn("x-rate-limit-reset", "" + (NOW + 90), "x-rate-limit-remaining", "4"))
                .isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void translatesResetsToTheLocalClockF20F26() {
        // X's clock is an hour ahead of ours.
        assertThat(retryIn("Date", "Sun, 22 Nov 2026 13:00:00 GMT", "x-rate-limit-reset", "" + (NOW + 3_660)))
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void reportsWhatIsLeft() {
        XReply<String> reply = read(json(
                201,
                "{\"data\":{\"id\":\"1\"}}",
                "x-rate-limit-limit",
                "100",
                "x-rate-limit-remaining",
                "98",
                "x-rate-limit-reset",
                "" + (NOW + 60),
                "x-app-limit-24hour-limit",
                "lots"));
        Instant reset = Fixture.NOW.plusSeconds(60);
        assertThat(reply)
                .isEqualTo(new XReply.Ok<>(
                        "1",
                        new RateLimits(List.of(new RateLimits.Window(RateLimits.Span.QUARTER_HOUR, 100, 98, reset)))));
    }

    @Test
    void passesOnWhatTheTransportSays() {
        assertThat(read(new Delivery.NotSent("n"))).isEqualTo(new XReply.NotSent<>("n"));
        assertThat(read(new Delivery.Unknown("u"))).isEqualTo(new XReply.Unknown<>("u"));
    }

    private static XReply<String> read(Delivery delivery) {
        return new ReplyReader(Fixture.CLOCK).read(delivery, CALL, Censor.of());
    }

    private static Duration retryIn(String... headers) {
        XReply<String> reply = read(answer(429, "application/problem+json", "{\"title\":\"Too Many\"}", headers));
        return Duration.between(Fixture.NOW, ((XReply.RateLimited<String>) reply).retryAt());
    }

    private static String[] join(String[] first, String[] second, String... third) {
        return java.util.stream.Stream.of(first, second, third)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
    }

    private static String problem(String title, String detail, String type) {
        return "{\"title\":\"" + title + "\",\"detail\":\"" + detail + "\",\"type\":\"" + type + "\"}";
    }

    record Row(int status, String body, Kind kind, String words) {
        @Override
        public String toString() {
            return status + " " + Optional.of(body).filter(b -> !b.isEmpty()).orElse("empty") + " is " + kind;
        }
    }
}
