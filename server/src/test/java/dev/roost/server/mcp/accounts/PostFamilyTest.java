package dev.roost.server.mcp.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.access.KeyScope;
import dev.roost.server.TestServer;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class PostFamilyTest {
    private static final TestCall WRITER = TestCall.of(KeyScope.X_WRITE);
    private static final String PNG = Base64.getEncoder().encodeToString(new byte[] {1, 2, 3, 4, 5});

    private final Stage stage = new Stage();

    @BeforeEach
    void connect() {
        stage.server.connect(TestServer.ADA);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void deletesAPost() {
        String id = stage.server.simulator().addPost("ada", "away with it").id();
        JsonNode gone = stage.ok("twitter_delete_tweet", "{'tweet_id':'" + id + "'}", WRITER);
        assertThat(gone.path("id").asString()).isEqualTo(id);
        assertThat(gone.path("deleted").asBoolean()).isTrue();
    }

    @Test
    void aDeletionWhoseAnswerIsLostIsNotRepeated() {
        String id = stage.server.simulator().addPost("ada", "away with it").id();
        stage.server.simulator().queue(Fault.of(Endpoint.TWEETS, FaultKind.LOSE_ANSWER));
        JsonNode error = stage.error("twitter_delete_tweet", "{'tweet_id':'" + id + "'}", WRITER);
        assertThat(error.path("code").asString()).isEqualTo("outcome_unknown");
        assertThat(error.path("retryable").asBoolean()).isFalse();
        assertThat(error.path("next").asString()).contains("Look");
    }

    @Test
    void repostsAndTakesItBack() {
        String id = stage.server.simulator().addPost("grace", "worth repeating").id();
        assertThat(stage.ok("twitter_retweet", "{'tweet_id':'" + id + "'}", WRITER)
                        .path("retweeted")
                        .asBoolean())
                .isTrue();
        assertThat(stage.ok("twitter_retweet", "{'tweet_id':'" + id + "','undo':true}", WRITER)
                        .path("retweeted")
                        .asBoolean(true))
                .isFalse();
        assertThat(stage.server.audit().newest(9))
                .extracting(entry -> entry.operation())
                .contains("mcp.tweets.retweet", "mcp.tweets.unretweet");
    }

    @Test
    void likesWhereXAllowsIt() {
        stage.server.simulator().switches().likesForbidden(false);
        stage.server.connect(TestServer.ADA, "tweet.read", "tweet.write", "users.read", "offline.access", "like.write");
        String id = stage.server.simulator().addPost("grace", "likable").id();
        assertThat(stage.ok("twitter_like_tweet", "{'tweet_id':'" + id + "'}", WRITER)
                        .path("liked")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aLikeWithoutItsScopeSaysHowToGetIt() {
        JsonNode error = stage.error("twitter_like_tweet", "{'tweet_id':'1'}", WRITER);
        assertThat(error.path("code").asString()).isEqualTo("x_not_permitted");
        assertThat(error.path("error").asString()).contains("like.write");
        assertThat(error.path("next").asString())
                .contains("twitter_connect_account")
                .contains("scopes");
    }

    @Test
    void uploadsAPicture() {
        mayUpload();
        JsonNode media = stage.ok("twitter_upload_media", "{'data':'" + PNG + "','media_type':'image/png'}", WRITER);
        assertThat(media.path("id").asString()).matches("[0-9]+");
        assertThat(media.path("state").asString()).isEqualTo("succeeded");
    }

    @Test
    void anUploadWithoutItsScopeSaysHowToGetIt() {
        JsonNode error = stage.error("twitter_upload_media", "{'data':'" + PNG + "','media_type':'image/png'}", WRITER);
        assertThat(error.path("code").asString()).isEqualTo("x_not_permitted");
        assertThat(error.path("error").asString()).contains("media.write");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAAA", "AAA=A", "AA A", "AAA-", "data:image/png;base64,AAAA", "====", "AQIDBAU"})
    void contentThatIsNoBase64IsRefusedAndNotRepeated(String data) {
        mayUpload();
        JsonNode error =
                stage.error("twitter_upload_media", "{'data':'" + data + "','media_type':'image/png'}", WRITER);
        assertThat(error.path("code").asString()).isEqualTo("invalid_request");
        assertThat(error.path("error").asString())
                .contains("standard Base64")
                .contains("1 to 5242880 bytes")
                .contains(data.length() + " characters");
        assertThat(stage.server.simulator().ledger().media()).isEmpty();
    }

    @Test
    void xsLimitIsExactAndWhatIsLargerIsNotSent() {
        mayUpload();
        String most = Base64.getEncoder().encodeToString(new byte[5 << 20]);
        stage.ok("twitter_upload_media", "{'data':'" + most + "','media_type':'image/png'}", WRITER);
        JsonNode schema = stage.tool("twitter_upload_media").input().at("/properties/data");
        assertThat(schema.path("maxLength").asInt()).isEqualTo(most.length());
        assertThat(schema.path("description").asString()).contains("5242880");
    }

    private void mayUpload() {
        stage.server.connect(
                TestServer.ADA, "tweet.read", "tweet.write", "users.read", "offline.access", "media.write");
    }
}
