package dev.roost.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.roost.core.AccessToken;
import dev.roost.core.SignInEndpoint.IdentifyAnswer;
import dev.roost.core.XUser;
import dev.roost.x.RawServer.Script;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class XApiTest {
    private static final AccessToken TOKEN = AccessToken.of("access-1");
    private static final String ME = RawServer.http(
            "200 OK", "application/json", "{\"data\":{\"id\":\"7\",\"username\":\"ada\",\"name\":\"A\"}}");
    private static final String POSTED =
            RawServer.http("201 Created", "application/json", "{\"data\":{\"id\":\"42\",\"text\":\"Hi\"}}");

    @Test
    void asksWhoItIsOverAPooledConnection() throws IOException {
        Script twice = wire -> {
            wire.readRequest();
            wire.write(ME);
            wire.readRequest();
            wire.write(ME);
        };
        try (RawServer server = new RawServer(twice);
                XTransport transport = transport(server.uri())) {
            XApi api = api(server.uri(), transport);
            assertThat(api.me(TOKEN))
                    .isInstanceOfSatisfying(
                            XReply.Ok.class, ok -> assertThat(ok.value()).isEqualTo(new XUser("7", "ada")));
            assertThat(api.me(TOKEN)).isInstanceOf(XReply.Ok.class);
            assertThat(server.connections()).isEqualTo(1);
            assertThat(server.requests().getFirst())
                    .startsWith("GET /2/users/me HTTP/1.1\r\n")
                    .contains("\r\nAuthorization: Bearer access-1\r\n");
        }
    }

    @Test
    void postsOnceAndAsJson() throws IOException {
        try (RawServer server = RawServer.answering(POSTED);
                XTransport transport = transport(server.uri())) {
            XReply<PostedTweet> reply =
                    api(server.uri(), transport).post(TOKEN, Tweet.reply(new TweetId("9"), "Hi \"ü\""));
            assertThat(reply)
                    .isInstanceOfSatisfying(
                            XReply.Ok.class,
                            ok -> assertThat(ok.value()).isEqualTo(new PostedTweet(new TweetId("42"), "Hi")));
            assertThat(server.requests().getFirst())
                    .startsWith("POST /2/tweets HTTP/1.1\r\n")
                    .containsIgnoringCase("content-type: application/json\r\n")
                    .endsWith("{\"text\":\"Hi \\\"ü\\\"\",\"reply\":{\"in_reply_to_tweet_id\":\"9\"}}");
        }
    }

    @Test
    void neverRepeatsAPostWhoseAnswerIsLostF28() throws IOException {
        try (RawServer server = new RawServer(RawServer.Wire::readRequest);
                XTransport transport = transport(server.uri())) {
            assertThat(api(server.uri(), transport).post(TOKEN, Tweet.of("Hi"))).isInstanceOf(XReply.Unknown.class);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void sendsNothingThatIsTooLong() throws IOException {
        try (RawServer server = RawServer.answering(POSTED);
                XTransport transport = transport(server.uri())) {
            XApi api = api(server.uri(), transport);
            assertThat(api.post(TOKEN, Tweet.of("x".repeat(281))).toString())
                    .contains("Not sent: TEXT_TOO_LONG", "281", "280");
            assertThat(api.post(TOKEN, Tweet.of(" ")).toString()).contains("INVALID_REQUEST", "empty");
            assertThat(server.requests()).isEmpty();
            assertThat(api.post(TOKEN, Tweet.of("x".repeat(281)).uncheckedLength()))
                    .isInstanceOf(XReply.Ok.class);
        }
    }

    @Test
    void deletes() throws IOException {
        String deleted = RawServer.http("200 OK", "application/json", "{\"data\":{\"deleted\":true}}");
        try (RawServer server = RawServer.answering(deleted);
                XTransport transport = transport(server.uri())) {
            assertThat(api(server.uri(), transport).delete(TOKEN, new TweetId("42")))
                    .isEqualTo(new XReply.Ok<>(new TweetId("42"), new RateLimits(java.util.List.of())));
            assertThat(server.requests().getFirst()).startsWith("DELETE /2/tweets/42 HTTP/1.1\r\n");
        }
    }

    @Test
    void doesNotTakeAPostThatIsStillThereForDeletedF34() throws IOException {
        String kept = RawServer.http("200 OK", "application/json", "{\"data\":{\"deleted\":false}}");
        try (RawServer server = RawServer.answering(kept);
                XTransport transport = transport(server.uri())) {
            assertThat(api(server.uri(), transport).delete(TOKEN, new TweetId("42")))
                    .isInstanceOf(XReply.Unknown.class);
        }
    }

    @Test
    void refusesIdsThatCouldLeadAstray() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TweetId("1/../../users"))
                .withMessageContaining("1 to 19 digits");
    }

    @Test
    void isNotSentWithATokenThatNoHeaderCanHoldF29() throws IOException {
        try (RawServer server = RawServer.answering(ME);
                XTransport transport = transport(server.uri())) {
            assertThat(api(server.uri(), transport).me(AccessToken.of("canary-\u20ac")))
                    .isInstanceOf(XReply.NotSent.class)
                    .asString()
                    .doesNotContain("canary");
        }
    }

    @Test
    void identifiesOrSaysWhyNotF31() throws IOException {
        assertThat(identify(ME)).isEqualTo(new IdentifyAnswer.Identified(new XUser("7", "ada")));
        assertThat(identify(RawServer.http("401 Unauthorized", "application/json", "{\"title\":\"Unauthorized\"}")))
                .isInstanceOf(IdentifyAnswer.Rejected.class);
        assertThat(identify(RawServer.http("403 Forbidden", "application/json", "{\"title\":\"Forbidden\"}")))
                .isInstanceOf(IdentifyAnswer.Unanswered.class)
                .asString()
                .contains("tweet.read users.read");
        assertThat(identify(RawServer.http("429 Too Many Requests", "application/json", "{}")))
                .asString()
                .contains("Unanswered", "Retry at 2026-11-22T12:15:00Z");
        assertThat(identify(RawServer.http("200 OK", "application/json", "{\"data\":{\"id\":\"x\"}}")))
                .isInstanceOf(IdentifyAnswer.Unanswered.class);
    }

    @Test
    void readsTheClockOfXF20() throws IOException {
        try (RawServer server = RawServer.answering(
                        "HTTP/1.1 401 Unauthorized\r\nDate: Sun, 22 Nov 2026 12:02:00 GMT\r\nContent-Length: 0\r\n\r\n");
                XTransport transport = transport(server.uri())) {
            XClock clock = new XClock(Fixture.settings(server.uri(), Optional.empty()), transport, Fixture.CLOCK);
            assertThat(clock.skew()).contains(Duration.ofMillis(120_500));
            assertThat(server.requests().getFirst())
                    .startsWith("GET /2/users/me ")
                    .doesNotContainIgnoringCase("authorization");
        }
    }

    @Test
    void knowsNoSkewWithoutADate() throws IOException {
        try (RawServer server = RawServer.answering("HTTP/1.1 401 Unauthorized\r\nDate: soon\r\n\r\n");
                XTransport transport = transport(server.uri())) {
            XClock clock = new XClock(Fixture.settings(server.uri(), Optional.empty()), transport, Fixture.CLOCK);
            assertThat(clock.skew()).isEmpty();
        }
    }

    private static IdentifyAnswer identify(String answer) throws IOException {
        try (RawServer server = RawServer.answering(answer);
                XTransport transport = transport(server.uri())) {
            return new XSignIn(Fixture.settings(server.uri(), Optional.empty()), transport, Fixture.CLOCK)
                    .identify(TOKEN);
        }
    }

    private static XTransport transport(URI uri) {
        return new XTransport(Fixture.settings(uri, Optional.empty()), "9.9");
    }

    private static XApi api(URI uri, XTransport transport) {
        return new XApi(Fixture.settings(uri, Optional.empty()), transport, Fixture.CLOCK);
    }
}
