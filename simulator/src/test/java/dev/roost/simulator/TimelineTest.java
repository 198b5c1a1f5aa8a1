package dev.roost.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Posts by author, by mention and by search. */
final class TimelineTest {

    @AutoClose
    private final Simulator simulator = Browser.simulatorWithPeople();

    @AutoClose
    private final Browser browser = new Browser(simulator);

    private final Person ada = browser.as(simulator.issue("public", "1001").accessToken());

    private static String search(String query) {
        return "/2/tweets/search/recent?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    }

    private List<String> texts(String path) {
        HttpResponse<String> answer = ada.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<String> texts = new ArrayList<>();
        Browser.json(answer)
                .path("data")
                .forEach(post -> texts.add(post.path("text").asString()));
        return texts;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "roost | 3,1",
                "ROOST keeps | 1",
                "roo | ''",
                "\"keeps hens\" | 1",
                "\"hens keeps\" | ''",
                "from:grace | 2,1",
                "from:@Grace roost | 1",
                "from:1001 | 3",
                "from:nobody | ''",
                "roost is:reply | 3",
                "roost -is:reply | 1",
                "roost -hens | 3",
                "🐔 | 2"
            })
    void findsPostsThatFitAllTerms(String query, String found) {
        String first = simulator.addPost("grace", "1 A Roost keeps hens.").id();
        simulator.addPost("grace", "2 @ada: 🐔!");
        simulator.addReply("ada", "3 which roost?", first);
        assertThat(texts(search(query)).stream()
                        .map(text -> text.substring(0, 1))
                        .toList())
                .isEqualTo(found.isEmpty() ? List.of() : List.of(found.split(",")));
    }

    @Test
    void leavesOutTheDataWhenNothingIsFound() {
        assertThat(ada.get(search("nothing")).body()).isEqualTo("{\"meta\":{\"result_count\":0}}");
        assertThat(ada.get(search("nothing")).headers().firstValue("x-rate-limit-limit"))
                .hasValue("300");
    }

    @Test
    void forgetsInSearchWhatIsAWeekOld() {
        simulator.addPost("grace", "roost");
        simulator.advance(Duration.ofDays(7));
        Person later = browser.as(simulator.issue("public", "1001").accessToken());
        assertThat(later.get(search("roost")).body()).isEqualTo("{\"meta\":{\"result_count\":0}}");
        assertThat(later.get("/2/users/1002/tweets").body()).contains("roost");
    }

    @Test
    void listsMentionsOfTheUserAlone() {
        simulator.addPost("grace", "Hi @ada");
        simulator.addPost("grace", "Hi @adam and a@ada");
        simulator.addPost("grace", "(@ADA)");
        assertThat(texts("/2/users/1001/mentions")).containsExactly("(@ADA)", "Hi @ada");
        assertThat(ada.get("/2/users/1001/mentions").headers().firstValue("x-rate-limit-limit"))
                .hasValue("300");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/2/users/1002/tweets?", "/2/users/1001/mentions?", "/2/tweets/search/recent?query=ada&"})
    void turnsPages(String path) {
        for (int i = 1; i <= 23; i++) {
            simulator.addPost("grace", "@ada " + i);
        }
        JsonNode first = Browser.json(ada.get(path + "max_results=10"));
        assertThat(first.path("meta").path("result_count").intValue()).isEqualTo(10);
        assertThat(first.path("meta").path("newest_id"))
                .isEqualTo(first.path("data").path(0).path("id"));
        // What is published meanwhile moves no page.
        simulator.addPost("grace", "@ada late");
        String token = first.path("meta").path("next_token").asString();
        JsonNode second = Browser.json(ada.get(path + "max_results=10&pagination_token=" + token));
        assertThat(second.path("data").path(0).path("text").asString()).isEqualTo("@ada 13");
        String last = second.path("meta").path("next_token").asString();
        JsonNode third = Browser.json(ada.get(path + "max_results=10&pagination_token=" + last));
        assertThat(third.path("data").size()).isEqualTo(3);
        assertThat(third.path("meta").has("next_token")).isFalse();
    }

    @Test
    void turnsPagesOfASearchByNextTokenToo() {
        for (int i = 1; i <= 11; i++) {
            simulator.addPost("grace", "@ada " + i);
        }
        String token = Browser.json(ada.get(search("ada")))
                .path("meta")
                .path("next_token")
                .asString();
        assertThat(texts(search("ada") + "&next_token=" + token)).containsExactly("@ada 1");
    }

    @Test
    void narrowsByIdTimeAndKind() {
        LedgerPost first = simulator.addPost("grace", "one");
        LedgerPost second = simulator.addPost("grace", "two");
        simulator.addReply("grace", "three", second.id());
        String path = "/2/users/1002/tweets?";
        assertThat(texts(path + "since_id=" + first.id())).containsExactly("three", "two");
        assertThat(texts(path + "until_id=" + second.id())).containsExactly("one");
        assertThat(texts(path + "exclude=replies,retweets")).containsExactly("two", "one");
        assertThat(texts(path + "end_time=2020-01-01T00:00:00Z")).isEmpty();
        assertThat(texts(path + "start_time=2020-01-01T00:00:00Z")).hasSize(3);
    }

    @Test
    void showsTheFieldsAskedFor() {
        simulator.addPost("grace", "Hi @ada");
        JsonNode post = Browser.json(ada.get("/2/users/1001/mentions?tweet.fields=created_at,author_id,public_metrics,"
                        + "conversation_id,in_reply_to_user_id"))
                .path("data")
                .path(0);
        assertThat(post.propertyNames())
                .containsExactly(
                        "id",
                        "text",
                        "edit_history_tweet_ids",
                        "author_id",
                        "created_at",
                        "conversation_id",
                        "public_metrics");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/2/tweets/search/recent | query",
                "/2/tweets/search/recent?query=a&max_results=9 | max_results",
                "/2/tweets/search/recent?query=a&max_results=101 | max_results",
                "/2/tweets/search/recent?query=lang:en | query",
                "/2/tweets/search/recent?query=a&limit=10 | limit",
                "/2/users/1001/mentions?max_results=4 | max_results",
                "/2/users/1001/mentions?max_results=101 | max_results",
                "/2/users/1001/mentions?pagination_token=junk | pagination_token",
                "/2/users/1001/mentions?tweet.fields=mood | tweet.fields",
                "/2/users/1001/tweets?since_id=x | since_id",
                "/2/users/1001/tweets?start_time=today | start_time",
                "/2/users/ada/tweets | id"
            })
    void namesTheParameterThatIsWrong(String path, String parameter) {
        HttpResponse<String> answer = ada.get(path);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Browser.field(answer, "type")).endsWith("/invalid-request");
        assertThat(Browser.json(answer)
                        .path("errors")
                        .path(0)
                        .path("parameters")
                        .propertyNames())
                .containsExactly(parameter);
    }

    @Test
    void takesQueriesOfUpTo512Characters() {
        assertThat(ada.get(search("x".repeat(512))).statusCode()).isEqualTo(200);
        assertThat(ada.get(search("x".repeat(513))).statusCode()).isEqualTo(400);
    }

    @Test
    void doesNotKnowOtherUsers() {
        assertThat(Browser.json(ada.get("/2/users/7/mentions")).propertyNames()).containsExactly("errors");
    }
}
