package dev.roost.x;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccessToken;
import dev.roost.core.RefreshToken;
import dev.roost.core.Secret;
import dev.roost.core.TokenPair;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Plants secrets, lets X echo the whole request back at every turn, and searches all that Roost says (failure F29). */
@Timeout(60)
class CanaryTest {
    private static final String REFRESH = "kN4ryREFRESH+/=~abcdefghijklmnop";
    private static final String ACCESS = "kN4ryACCESS.abcdefghijklmnopqrst";
    private static final String SECRET = "kN4rySECRET+abc/def=ghi~jkl";
    private static final String CODE = "kN4ryCODE abcdefghijklmnop";
    private static final String VERIFIER = "kN4ryVERIFIERabcdefghijklmnopqrstuvwxyz01234567";
    private static final List<String> PLANTED = List.of(REFRESH, ACCESS, SECRET, CODE, VERIFIER);

    static final List<Echo> ECHOES = List.of(
            new Echo("400 Bad Request", "application/json", text -> Fixture.error(text, text)),
            new Echo("401 Unauthorized", "application/json", text -> Fixture.error("invalid_client", text)),
            new Echo("403 Forbidden", "text/html", text -> "<html><title>" + text + "</title>"),
            new Echo("403 Forbidden", "application/problem+json", text -> problem(text)),
            new Echo("429 Too Many Requests", "application/json", text -> problem(text)),
            new Echo("429 Too Many Requests", "text/plain", text -> text),
            new Echo("500 Internal Server Error", "application/json", text -> problem(text)),
            new Echo("503 Service Unavailable", "text/plain", text -> text),
            new Echo("200 OK", "application/json", text -> "{\"access_token\":{\"x\":\"" + text + "\"}}"),
            new Echo("200 OK", "application/json", text -> "{\"errors\":[" + problem(text) + "]}"),
            new Echo("200 OK", "application/json", text -> "{\"access_token\":\"" + text),
            new Echo("301 Moved", "text/plain", text -> text));

    private static final List<UnaryOperator<String>> FORMS =
            List.of(text -> text, CanaryTest::encoded, CanaryTest::base64, text -> text.substring(0, 8));

    @ParameterizedTest
    @FieldSource("ECHOES")
    void neverShowsASecretThatXEchoesF29(Echo echo) throws IOException {
        for (UnaryOperator<String> form : FORMS) {
            try (RawServer server = new RawServer(wire -> {
                String text = sentIn(wire.readRequest()).map(form).collect(Collectors.joining(" "));
                wire.write(RawServer.http(echo.status, echo.type, echo.body.apply(text)));
            })) {
                assertClean(everythingSaid(server.uri()));
            }
        }
    }

    @Test
    void neverShowsASecretWhenNothingIsHttpF29() throws IOException {
        try (RawServer server =
                RawServer.answering("HTTP/1.1 " + REFRESH + " " + ACCESS + "\r\n" + SECRET + "\r\n\r\n")) {
            assertClean(everythingSaid(server.uri()));
        }
    }

    @Test
    void neverShowsTheTokensThatXIssuesF29() throws IOException {
        String pair = "{\"access_token\":\"" + ACCESS + "\",\"refresh_token\":\"" + ACCESS + "\"}";
        for (String body : List.of(pair, pair.substring(0, pair.length() - 3), pair.replace("\"access", "\"other"))) {
            try (RawServer server = RawServer.answering(RawServer.http("200 OK", "text/plain", body))) {
                assertClean(everythingSaid(server.uri()));
            }
        }
    }

    @Test
    void showsNoSecretInItsOwnRecordsF29() {
        XRequest request = new XRequest(
                "POST",
                URI.create("https://x.com/2"),
                Map.of("A", REFRESH),
                Body.text(SECRET),
                java.time.Duration.ZERO);
        assertClean(List.of(
                request.toString(), Fixture.json(200, REFRESH, "X", ACCESS).toString()));
    }

    private static List<String> everythingSaid(URI uri) {
        XSettings settings = Fixture.settings(uri, Optional.of(Secret.of(SECRET)));
        RefreshToken refresh = RefreshToken.of(REFRESH);
        AccessToken access = AccessToken.of(ACCESS);
        List<String> said = new ArrayList<>();
        try (XTransport transport = new XTransport(settings, "9.9")) {
            XTokenEndpoint endpoint = Fixture.endpoint(settings, transport);
            XSignIn signIn = new XSignIn(settings, transport, Fixture.CLOCK);
            XApi api = new XApi(settings, transport, Fixture.CLOCK);
            said.add(endpoint.refresh(refresh).toString());
            said.add(endpoint.revoke(new TokenPair(access, refresh)).toString());
            said.add(signIn.exchange(Secret.of(CODE), Secret.of(VERIFIER), URI.create("http://127.0.0.1/"))
                    .toString());
            said.add(signIn.identify(access).toString());
            said.add(api.me(access).toString());
            said.add(api.post(access, Tweet.of("Hi")).toString());
            said.add(api.delete(access, new TweetId("1")).toString());
            XCaller caller = XCaller.of(access);
            said.add(caller.toString());
            said.add(api.timelines().timeline(caller, "7", XPaging.first(10)).toString());
            said.add(api.timelines().search(caller, "q", XPaging.first(10)).toString());
            said.add(api.timelines().tweet(caller, new TweetId("1")).toString());
            said.add(api.users().profile(caller).toString());
            said.add(api.reactions().like(caller, "7", new TweetId("1")).toString());
            said.add(api.media()
                    .upload(caller, MediaFile.of("image/png", 1, new ByteArrayInputStream(new byte[1])))
                    .toString());
            said.add(passedOn(settings, transport, access));
        }
        return said;
    }

    /** All but the body, which is X's own and goes back unread. */
    private static String passedOn(XSettings settings, XTransport transport, AccessToken access) {
        XStreamCall call = new XStreamCall("GET", "/2/users/me", Optional.empty(), Map.of(), Optional.empty());
        XStreamReply reply = new XStream(settings, transport).send(access, call);
        if (reply instanceof XStreamReply.Answered answer) {
            answer.close();
            return answer + " " + answer.headers();
        }
        return reply.toString();
    }

    /** What a request gave away to the server that it went to. */
    private static Stream<String> sentIn(String request) {
        List<String> sent = PLANTED.stream()
                .filter(secret -> request.contains(secret)
                        || request.contains(encoded(secret))
                        || request.contains(base64("client-1:" + secret)))
                .toList();
        assertThat(sent).isNotEmpty();
        return sent.stream();
    }

    private static void assertClean(List<String> said) {
        assertThat(said).allSatisfy(text -> {
            assertThat(text).doesNotContain("kN4ry");
            for (String secret : PLANTED) {
                assertThat(text)
                        .doesNotContain(encoded(secret).substring(0, 8))
                        .doesNotContain(base64(secret).substring(0, 8));
            }
        });
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String problem(String text) {
        return "{\"title\":\"" + text + "\",\"detail\":\"" + text + "\",\"type\":\"" + text + "\"}";
    }

    record Echo(String status, String type, UnaryOperator<String> body) {
        @Override
        public String toString() {
            return status.substring(0, 3) + " " + type;
        }
    }
}
