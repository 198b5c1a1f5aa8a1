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

/** What is asked of X, to the letter, and what its answers are read as. */
@Timeout(30)
class XReadsTest {
    private static final XCaller CALLER = XCaller.of(AccessToken.of("access-token-1"));
    private static final String POST_FIELDS =
            "tweet.fields=id%2Ctext%2Ccreated_at%2Cauthor_id%2Cconversation_id%2Cpublic_metrics";
    private static final String USER_FIELDS =
            "user.fields=id%2Cname%2Cusername%2Cdescription%2Cprofile_image_url%2Cpublic_metrics%2Cverified%2Ccreated_at";
    private static final String PAGE =
            "{\"data\":[{\"id\":\"1\",\"text\":\"a\"}],\"meta\":{\"result_count\":1,\"next_token\":\"n1\"}}";
    private static final String ONE = "{\"data\":{\"id\":\"7\",\"text\":\"a\"}}";

    static final List<Asked> ASKED = List.of(
            new Asked(
                    api -> api.timelines().timeline(CALLER, "7", XPaging.first(5)),
                    PAGE,
                    "/2/users/7/tweets?max_results=5&" + POST_FIELDS),
            new Asked(
                    api -> api.timelines()
                            .timeline(CALLER, "7", XPaging.first(100).after("a+/=")),
                    PAGE,
                    "/2/users/7/tweets?max_results=100&pagination_token=a%2B%2F%3D&" + POST_FIELDS),
            new Asked(
                    api -> api.timelines()
                            .mentions(CALLER, "7", XPaging.first(10).authors()),
                    PAGE,
                    "/2/users/7/mentions?max_results=10&" + POST_FIELDS
                            + "&expansions=author_id&user.fields=id%2Cname%2Cusername"),
            new Asked(
                    api -> api.timelines()
                            .search(
                                    CALLER,
                                    "from:a -is:reply \"ü\"&x=1",
                                    XPaging.first(10).after("n1")),
                    PAGE,
                    "/2/tweets/search/recent?query=from%3Aa%20-is%3Areply%20%22%C3%BC%22%26x%3D1&max_results=10"
                            + "&next_token=n1&" + POST_FIELDS),
            new Asked(api -> api.timelines().tweet(CALLER, new TweetId("7")), ONE, "/2/tweets/7?" + POST_FIELDS),
            new Asked(api -> api.users().profile(CALLER), ONE, "/2/users/me?" + USER_FIELDS),
            new Asked(api -> api.users().byName(CALLER, "a_B1"), ONE, "/2/users/by/username/a_B1?" + USER_FIELDS));

    static final List<Refused> REFUSED = List.of(
            new Refused(
                    api -> api.timelines().timeline(CALLER, "7", XPaging.first(4)),
                    "max_results is 4; allowed is 5 to 100"),
            new Refused(
                    api -> api.timelines().mentions(CALLER, "7", XPaging.first(101)),
                    "max_results is 101; allowed is 5 to 100"),
            new Refused(
                    api -> api.timelines().search(CALLER, "q", XPaging.first(9)),
                    "max_results is 9; allowed is 10 to 100"),
            new Refused(
                    api -> api.timelines().search(CALLER, "q".repeat(513), XPaging.first(10)),
                    "has 513 characters; allowed is 1 to 512"),
            new Refused(api -> api.timelines().search(CALLER, " ", XPaging.first(10)), "query \"\" has 1 characters"),
            new Refused(
                    api -> api.timelines().timeline(CALLER, "7/../8", XPaging.first(10)),
                    "user id \"7/../8\" is not 1 to 19 digits"),
            new Refused(
                    api -> api.users().byName(CALLER, "@ada"),
                    "username \"@ada\" is not 1 to 15 letters, digits or underscores"),
            new Refused(
                    api -> api.timelines()
                            .timeline(CALLER, "7", XPaging.first(10).after("a b")),
                    "page token \"a b\" is not"));

    @ParameterizedTest
    @FieldSource("ASKED")
    void asksInTheFormThatXDocuments(Asked row) throws IOException {
        try (RawServer server = answering(row.answer);
                XTransport transport = transport(server)) {
            assertThat(row.call.apply(api(server, transport))).isInstanceOf(XReply.Ok.class);
            assertThat(server.requests().getFirst())
                    .startsWith("GET " + row.target + " HTTP/1.1\r\n")
                    .contains("\r\nAuthorization: Bearer access-token-1\r\n")
                    .doesNotContainIgnoringCase("content-type");
        }
    }

    @ParameterizedTest
    @FieldSource("REFUSED")
    void sendsNothingThatXWouldNotTake(Refused row) throws IOException {
        try (RawServer server = answering(PAGE);
                XTransport transport = transport(server)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> row.call.apply(api(server, transport)))
                    .withMessageContaining(row.words);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void readsAPage() throws IOException {
        XPage page = ok(timeline("{\"data\":[{\"id\":\"1\"}],\"includes\":{\"users\":[{\"id\":\"7\"}]},"
                + "\"errors\":[{\"detail\":\"no access-token-1\"}],\"meta\":{\"next_token\":\"n1\"}}"));
        assertThat(page.data().toString()).isEqualTo("[{\"id\":\"1\"}]");
        assertThat(page.nextToken()).contains("n1");
        assertThat(page.includes().toString()).isEqualTo("{\"users\":[{\"id\":\"7\"}]}");
        assertThat(page.errors().toString()).isEqualTo("[{\"detail\":\"no ***\"}]");
    }

    @Test
    void takesAPageWithoutDataForAnEmptyOne() throws IOException {
        XPage page = ok(timeline("{\"meta\":{\"result_count\":0}}"));
        assertThat(page.toString()).isEqualTo("XPage[data=[], nextToken=Optional.empty, includes={}, errors=[]]");
    }

    @Test
    void doesNotTakeErrorsForAnEmptyPageF34() throws IOException {
        XReply<XPage> reply = timeline("{\"errors\":[{\"title\":\"Not Found Error\",\"detail\":\"no user 7\","
                + "\"type\":\"https://api.x.com/2/problems/resource-not-found\"}],\"meta\":{\"result_count\":0}}");
        assertThat(reply).isInstanceOf(XReply.Refused.class);
        assertThat(reply.toString()).contains("HTTP 200 NOT_FOUND: no user 7 X has no such post or user");
    }

    @Test
    void doesNotTakeAnEmptyAnswerForAPageF34() throws IOException {
        for (String body : List.of("{}", "", "{\"data\":{}}", "{\"data\":null}", "[]", "<html>")) {
            assertThat(timeline(body).toString())
                    .isEqualTo("Unknown[reason=HTTP 200 without the data that X promises for GET /2/users/7/tweets]");
        }
    }

    @Test
    void countsWhatXNamesInEitherWay() throws IOException {
        assertThat(metrics("\"like_count\":1,\"retweet_count\":2,\"reply_count\":3,\"quote_count\":4,"
                        + "\"impression_count\":5000000000"))
                .isEqualTo(new Metrics(1, 2, 3, 4, 5_000_000_000L));
        assertThat(metrics("\"repost_count\":2,\"like_count\":\"9\"")).isEqualTo(new Metrics(0, 2, 0, 0, 0));
        assertThat(Metrics.of(Json.object())).isEqualTo(new Metrics(0, 0, 0, 0, 0));
    }

    private static Metrics metrics(String counts) throws IOException {
        try (RawServer server =
                        answering("{\"data\":{\"id\":\"1\",\"text\":\"a\",\"public_metrics\":{" + counts + "}}}");
                XTransport transport = transport(server)) {
            return ok(api(server, transport)
                    .timelines()
                    .tweet(CALLER, new TweetId("1"))
                    .<Metrics>map(Metrics::of));
        }
    }

    private static XReply<XPage> timeline(String body) throws IOException {
        try (RawServer server = answering(body);
                XTransport transport = transport(server)) {
            return api(server, transport).timelines().timeline(CALLER, "7", XPaging.first(10));
        }
    }

    private static <T> T ok(XReply<T> reply) {
        assertThat(reply).isInstanceOf(XReply.Ok.class);
        return ((XReply.Ok<T>) reply).value();
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

    record Asked(Function<XApi, XReply<?>> call, String answer, String target) {
        @Override
        public String toString() {
            return target;
        }
    }

    record Refused(Function<XApi, XReply<?>> call, String words) {
        @Override
        public String toString() {
            return words;
        }
    }
}
