package dev.roost.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.roost.core.AccessToken;
import dev.roost.core.Scopes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Writing calls to the letter, and what may be said when X forbids them. */
@Timeout(30)
class XWritesTest {
    private static final AccessToken TOKEN = AccessToken.of("access-token-1");
    private static final XCaller CALLER = XCaller.of(TOKEN);
    private static final TweetId POST = new TweetId("42");
    private static final String FORBIDDEN = RawServer.http(
            "403 Forbidden",
            "application/problem+json",
            "{\"title\":\"Forbidden\",\"type\":\"about:blank\",\"status\":403,"
                    + "\"detail\":\"You are not permitted to perform this action.\"}");

    static final List<Asked> ASKED = List.of(
            new Asked(
                    api -> api.reactions().like(CALLER, "7", POST),
                    "{\"data\":{\"liked\":true}}",
                    "POST /2/users/7/likes",
                    "{\"tweet_id\":\"42\"}"),
            new Asked(
                    api -> api.reactions().unlike(CALLER, "7", POST),
                    "{\"data\":{\"liked\":false}}",
                    "DELETE /2/users/7/likes/42",
                    ""),
            new Asked(
                    api -> api.reactions().retweet(CALLER, "7", POST),
                    "{\"data\":{\"retweeted\":true,\"rest_id\":\"9\"}}",
                    "POST /2/users/7/retweets",
                    "{\"tweet_id\":\"42\"}"),
            new Asked(
                    api -> api.reactions().unretweet(CALLER, "7", POST),
                    "{\"data\":{\"retweeted\":false}}",
                    "DELETE /2/users/7/retweets/42",
                    ""),
            posting(
                    Tweet.of("a").withMedia(List.of("1", "2")),
                    "{\"text\":\"a\",\"media\":{\"media_ids\":[\"1\",\"2\"]}}"),
            posting(Tweet.of("").withMedia(List.of("1")), "{\"media\":{\"media_ids\":[\"1\"]}}"),
            posting(Tweet.of("a").quoting(POST), "{\"text\":\"a\",\"quote_tweet_id\":\"42\"}"),
            posting(
                    Tweet.of("a").withPoll(new Poll(List.of("x", "ü"), 5)),
                    "{\"text\":\"a\",\"poll\":{\"options\":[\"x\",\"ü\"],\"duration_minutes\":5}}"),
            posting(
                    Tweet.reply(POST, "a").answeredBy(Tweet.Answers.MENTIONED),
                    "{\"text\":\"a\",\"reply\":{\"in_reply_to_tweet_id\":\"42\"},\"reply_settings\":\"mentionedUsers\"}"));

    static final List<Wrong> WRONG = List.of(
            new Wrong(() -> Tweet.of("a").withMedia(List.of("1", "2", "3", "4", "5")), "media is 5; allowed is 0 to 4"),
            new Wrong(() -> Tweet.of("a").withMedia(List.of("x")), "media id \"x\" is not 1 to 19 digits"),
            new Wrong(() -> new Poll(List.of("a"), 5), "options is 1; allowed is 2 to 4"),
            new Wrong(() -> new Poll(List.of("a", "b", "c", "d", "e"), 5), "options is 5; allowed is 2 to 4"),
            new Wrong(() -> new Poll(List.of("a", "b".repeat(26)), 5), "has 26 characters; allowed is 1 to 25"),
            new Wrong(() -> new Poll(List.of("a", ""), 5), "has 0 characters; allowed is 1 to 25"),
            new Wrong(() -> new Poll(List.of("a", "b"), 4), "minutes of a poll is 4; allowed is 5 to 10080"),
            new Wrong(() -> new Poll(List.of("a", "b"), 10_081), "10081; allowed is 5 to 10080"),
            new Wrong(
                    () -> Tweet.of("a").withMedia(List.of("1")).withPoll(new Poll(List.of("a", "b"), 5)),
                    "X allows one of them"));

    private static Asked posting(Tweet tweet, String body) {
        return new Asked(
                api -> api.posts().post(CALLER, tweet),
                "{\"data\":{\"id\":\"42\",\"text\":\"Hi\"}}",
                "POST /2/tweets",
                body);
    }

    @ParameterizedTest
    @FieldSource("ASKED")
    void asksInTheFormThatXDocuments(Asked row) throws IOException {
        try (RawServer server = RawServer.answering(RawServer.http("200 OK", "application/json", row.answer));
                XTransport transport = transport(server)) {
            assertThat(row.call.apply(api(server, transport))).isInstanceOf(XReply.Ok.class);
            assertThat(server.requests().getFirst())
                    .startsWith(row.line + " HTTP/1.1\r\n")
                    .endsWith("\r\n\r\n" + row.body);
        }
    }

    @ParameterizedTest
    @FieldSource("ASKED")
    void isNeverRepeatedF28(Asked row) throws IOException {
        try (RawServer server = new RawServer(RawServer.Wire::readRequest);
                XTransport transport = transport(server)) {
            assertThat(row.call.apply(api(server, transport))).isInstanceOf(XReply.Unknown.class);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @FieldSource("WRONG")
    void refusesWhatXWouldNotTake(Wrong row) {
        assertThatIllegalArgumentException().isThrownBy(row.made::get).withMessageContaining(row.words);
    }

    @Test
    void doesNotTakeALikeThatIsNotThereForOneF34() throws IOException {
        assertThat(like(CALLER, RawServer.http("200 OK", "application/json", "{\"data\":{\"liked\":false}}")))
                .contains("Unknown", "HTTP 200 without the data that X promises for POST /2/users/7/likes");
    }

    @Test
    void sendsNothingWhenTheScopeIsMissing() throws IOException {
        try (RawServer server = RawServer.answering(FORBIDDEN);
                XTransport transport = transport(server)) {
            XCaller caller = XCaller.of(TOKEN, Scopes.DEFAULT, "ada");
            assertThat(api(server, transport)
                            .reactions()
                            .like(caller, "7", POST)
                            .toString())
                    .contains(
                            "Refused",
                            "Not sent: NOT_PERMITTED This call needs scope like.write, which @ada did not grant;"
                                    + " sign in again with it.");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void namesScopeAndPolicyWhenTheGrantIsUnknownF24() throws IOException {
        assertThat(like(CALLER, FORBIDDEN))
                .contains(
                        "HTTP 403 NOT_PERMITTED",
                        "Either a scope is missing (this call needs like.write tweet.read users.read)",
                        "likes, follows and quotes out of all self-serve tiers on 20 April 2026");
        assertThat(like(XCaller.of(TOKEN, Scopes.of(), "ada"), FORBIDDEN)).contains("Either a scope is missing");
    }

    @Test
    void namesThePolicyAloneWhenTheScopesAreThereF24() throws IOException {
        XCaller caller = XCaller.of(TOKEN, Scopes.parse("like.write tweet.read tweet.write users.read"), "ada");
        assertThat(like(caller, FORBIDDEN))
                .contains("The account granted all that this call needs", "it is policy: X took likes")
                .doesNotContain("scope is missing");
        try (RawServer server = RawServer.answering(FORBIDDEN);
                XTransport transport = transport(server)) {
            XApi api = api(server, transport);
            assertThat(api.posts().post(caller, Tweet.of("a").quoting(POST)).toString())
                    .contains("it is policy: X took likes, follows and quotes");
            assertThat(api.posts().post(caller, Tweet.of("a")).toString())
                    .contains("it is policy: a policy of X forbids the call to this app");
        }
    }

    private static String like(XCaller caller, String answer) throws IOException {
        try (RawServer server = RawServer.answering(answer);
                XTransport transport = transport(server)) {
            return api(server, transport).reactions().like(caller, "7", POST).toString();
        }
    }

    private static XTransport transport(RawServer server) {
        return new XTransport(Fixture.settings(server.uri(), Optional.empty()), "9.9");
    }

    private static XApi api(RawServer server, XTransport transport) {
        return new XApi(Fixture.settings(server.uri(), Optional.empty()), transport, Fixture.CLOCK);
    }

    record Asked(Function<XApi, XReply<?>> call, String answer, String line, String body) {
        @Override
        public String toString() {
            return line + " " + body;
        }
    }

    record Wrong(Supplier<Object> made, String words) {
        @Override
        public String toString() {
            return words;
        }
    }
}
