package dev.roost.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.roost.core.AccessToken;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/** What is asked of X in the words of mcp-twitter-noauth, and that its answers are passed on whole. */
@Timeout(30)
class XVerbatimTest {
    private static final XCaller CALLER = XCaller.of(AccessToken.of("access-token-1"));
    private static final String NONE = "{\"meta\":{\"result_count\":0}}";
    private static final String POSTED = "{\"data\":{\"text\":\"a\",\"id\":\"9\",\"edit_history_tweet_ids\":[\"9\"]}}";
    private static final String USER_FIELDS = "user.fields=id%2Cname%2Cusername";

    static final List<Asked> ASKED = List.of(
            new Asked(
                    api -> api.verbatim().search(CALLER, "cats & dogs", 10),
                    NONE,
                    "GET /2/tweets/search/recent?query=cats%20%26%20dogs&max_results=10"
                            + "&tweet.fields=id%2Ctext%2Ccreated_at%2Cauthor_id&expansions=author_id&"
                            + USER_FIELDS),
            new Asked(
                    api -> api.verbatim().tweets(CALLER, "7", 5),
                    NONE,
                    "GET /2/users/7/tweets?max_results=5"
                            + "&tweet.fields=id%2Ctext%2Ccreated_at%2Cconversation_id&expansions=author_id&"
                            + USER_FIELDS),
            new Asked(
                    api -> api.verbatim().replies(CALLER, "7", 100),
                    NONE,
                    "GET /2/tweets/search/recent?query=from%3A7%20is%3Areply&max_results=100"
                            + "&tweet.fields=id%2Ctext%2Ccreated_at%2Cin_reply_to_user_id%2Cconversation_id"
                            + "&expansions=author_id%2Cin_reply_to_user_id%2Creferenced_tweets.id&"
                            + USER_FIELDS),
            new Asked(
                    api -> api.verbatim().userId(CALLER, "a_B1"),
                    "{\"data\":{\"id\":\"7\"}}",
                    "GET /2/users/by/username/a_B1?" + USER_FIELDS),
            new Asked(api -> api.verbatim().post(CALLER, Tweet.of("a")), POSTED, "POST /2/tweets"));

    static final List<Refused> REFUSED = List.of(
            new Refused(api -> api.verbatim().search(CALLER, "q", 9), "max_results is 9; allowed is 10 to 100"),
            new Refused(api -> api.verbatim().replies(CALLER, "7", 101), "max_results is 101; allowed is 10 to 100"),
            new Refused(api -> api.verbatim().tweets(CALLER, "7", 4), "max_results is 4; allowed is 5 to 100"),
            new Refused(api -> api.verbatim().tweets(CALLER, "../me", 5), "user id \"../me\" is not 1 to 19 digits"),
            new Refused(api -> api.verbatim().replies(CALLER, "x", 10), "user id \"x\" is not 1 to 19 digits"),
            new Refused(api -> api.verbatim().search(CALLER, " ", 10), "allowed is 1 to 4096"),
            new Refused(api -> api.verbatim().userId(CALLER, "a/b"), "username \"a/b\" is not 1 to 15"));

    @ParameterizedTest
    @FieldSource("ASKED")
    void asksForTheFieldsOfTheOriginal(Asked row) throws IOException {
        try (RawServer server = answering(row.answer);
                XTransport transport = transport(server)) {
            assertThat(row.call.apply(api(server, transport))).isInstanceOf(XReply.Ok.class);
            assertThat(server.requests().getFirst())
                    .startsWith(row.line + " HTTP/1.1\r\n")
                    .contains("\r\nAuthorization: Bearer access-token-1\r\n");
        }
    }

    @ParameterizedTest
    @FieldSource("REFUSED")
    void sendsNothingThatXWouldNotTake(Refused row) throws IOException {
        try (RawServer server = answering(NONE);
                XTransport transport = transport(server)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> row.call.apply(api(server, transport)))
                    .withMessageContaining(row.words);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void passesAllMembersOnInTheirOrderWithEveryDigit() throws IOException {
        String body = "{\"meta\":{\"z\":1,\"a\":12345678901234567890123},\"data\":[{\"id\":\"1\",\"score\":0.10,"
                + "\"small\":1.2345678901234567890123,\"big\":1E+400}],\"errors\":[{\"detail\":\"gone\"}],\"new\":null}";
        assertThat(search(body)).isInstanceOf(XReply.Ok.class);
        assertThat(((XReply.Ok<JsonNode>) search(body)).value().toString()).isEqualTo(body);
    }

    @Test
    void passesTheAnswerToAPostOnWhole() throws IOException {
        try (RawServer server = answering(POSTED);
                XTransport transport = transport(server)) {
            XReply<JsonNode> reply = api(server, transport).verbatim().post(CALLER, Tweet.of("a"));
            assertThat(((XReply.Ok<JsonNode>) reply).value().toString()).isEqualTo(POSTED);
        }
    }

    @Test
    void sendsNoTextThatIsTooLong() throws IOException {
        try (RawServer server = answering(POSTED);
                XTransport transport = transport(server)) {
            assertThat(api(server, transport).verbatim().post(CALLER, Tweet.of("a".repeat(281))))
                    .isInstanceOfSatisfying(
                            XReply.Refused.class,
                            no -> assertThat(no.problem().explanation()).contains("281 long as X counts it"));
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void doesNotTakeErrorsOrNothingForASuccessF34() throws IOException {
        assertThat(search("{\"errors\":[{\"title\":\"Not Found Error\",\"detail\":\"no user 7\"}]}")
                        .toString())
                .contains("no user 7");
        for (String body : List.of("{}", "{\"data\":{}}", "{\"data\":null,\"meta\":{}}", "[]", "<html>")) {
            assertThat(search(body)).as(body).isInstanceOf(XReply.Unknown.class);
        }
        for (String body : List.of("{}", "{\"data\":{}}", "{\"data\":{\"id\":\"x\"}}")) {
            try (RawServer server = answering(body);
                    XTransport transport = transport(server)) {
                assertThat(api(server, transport).verbatim().userId(CALLER, "ada"))
                        .as(body)
                        .isInstanceOf(XReply.Unknown.class);
            }
        }
    }

    private static XReply<JsonNode> search(String body) throws IOException {
        try (RawServer server = answering(body);
                XTransport transport = transport(server)) {
            return api(server, transport).verbatim().search(CALLER, "q", 10);
        }
    }

    private static RawServer answering(String body) throws IOException {
        return RawServer.answering(RawServer.http("200 OK", "application/json", body));
    }

    private static XTransport transport(RawServer server) {
        return new XTransport(Fixture.settings(server.uri(), Optional.empty()), "9.9");
    }

    private static XApi api(RawServer server, XTransport transport) {
        return new XApi(Fixture.settings(server.uri(), Optional.empty()), transport, Fixture.CLOCK);
    }

    record Asked(Function<XApi, XReply<?>> call, String answer, String line) {
        @Override
        public String toString() {
            return line;
        }
    }

    record Refused(Function<XApi, XReply<?>> call, String words) {
        @Override
        public String toString() {
            return words;
        }
    }
}
