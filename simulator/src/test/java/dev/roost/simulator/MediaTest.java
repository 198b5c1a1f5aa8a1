package dev.roost.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads in segments and at once. */
final class MediaTest {

    private static final String UPLOAD = "/2/media/upload";

    @AutoClose
    private final Simulator simulator = Browser.simulatorWithPeople();

    @AutoClose
    private final Browser browser = new Browser(simulator);

    private final Person ada = person("1001");
    private final Person grace = person("1002");

    private Person person(String user) {
        return browser.as(simulator
                .issue("public", user, "tweet.read", "tweet.write", "users.read", "media.write")
                .accessToken());
    }

    private HttpResponse<String> initialize(String type, long bytes) {
        return ada.post(UPLOAD + "/initialize", "{\"media_type\":\"" + type + "\",\"total_bytes\":" + bytes + "}");
    }

    private String opened(String type, long bytes) {
        HttpResponse<String> answer = initialize(type, bytes);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Browser.json(answer).path("data").path("id").asString();
    }

    private HttpResponse<String> append(String id, int segment, byte[] content) {
        return ada.post(
                UPLOAD + "/" + id + "/append",
                "{\"segment_index\":" + segment + ",\"media\":\""
                        + Base64.getEncoder().encodeToString(content) + "\"}");
    }

    private HttpResponse<String> appendForm(String id, int segment, byte[] content, boolean chunked) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes(ascii("--b0undary\r\nContent-Disposition: form-data; name=\"segment_index\"\r\n\r\n" + segment
                + "\r\n--b0undary\r\nContent-Disposition: form-data; name=\"media\"; filename=\"name=x\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n"));
        form.writeBytes(content);
        form.writeBytes(ascii("\r\n--b0undary--\r\n"));
        return browser.postBytes(
                UPLOAD + "/" + id + "/append",
                form.toByteArray(),
                chunked,
                "Authorization",
                "Bearer " + ada.accessToken(),
                "Content-Type",
                "multipart/form-data; boundary=b0undary");
    }

    private HttpResponse<String> end(String id) {
        return ada.post(UPLOAD + "/" + id + "/finalize", "");
    }

    private String state(String id) {
        HttpResponse<String> answer = ada.get(UPLOAD + "?command=STATUS&media_id=" + id);
        return Browser.json(answer)
                .path("data")
                .path("processing_info")
                .path("state")
                .asString("");
    }

    private HttpResponse<String> publish(Person person, String id) {
        return person.tweet("{\"media\":{\"media_ids\":[\"" + id + "\"]}}");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] content) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private static void assertInvalid(HttpResponse<String> answer, String message) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Browser.field(answer, "type")).endsWith("/invalid-request");
        assertThat(answer.body()).contains(message);
    }

    @Test
    void uploadsAnImageAndShowsIt() throws NoSuchAlgorithmException {
        byte[] image = noise(3000);
        HttpResponse<String> opened = ada.post(
                UPLOAD + "/initialize",
                "{\"media_type\":\"image/png\",\"total_bytes\":3000,\"media_category\":\"tweet_image\"}");
        String id = Browser.json(opened).path("data").path("id").asString();
        assertThat(opened.body())
                .isEqualTo("{\"data\":{\"id\":\"" + id + "\",\"media_key\":\"3_" + id
                        + "\",\"expires_after_secs\":86400}}");
        HttpResponse<String> appended = append(id, 0, Arrays.copyOf(image, 2000));
        assertThat(appended.body()).matches("\\{\"data\":\\{\"expires_at\":[0-9]+}}");
        assertThat(appended.headers().firstValue("x-rate-limit-limit")).hasValue("1875");
        assertThat(publish(ada, id).body()).contains("Your media IDs are invalid.");
        append(id, 1, Arrays.copyOfRange(image, 2000, 3000));
        assertThat(end(id).body()).contains("\"size\":3000}}");
        assertThat(state(id)).isEqualTo("succeeded");
        assertThat(publish(grace, id).body()).contains("Your media IDs are invalid.");
        assertThat(publish(ada, id).statusCode()).isEqualTo(201);
        assertThat(simulator.ledger().posts().getFirst().links().mediaIds()).containsExactly(id);
        assertThat(browser.get("/_sim/media").body())
                .isEqualTo("{\"media\":[{\"id\":\"" + id + "\",\"userId\":\"1001\",\"mediaType\":\"image/png\","
                        + "\"category\":\"tweet_image\",\"declaredBytes\":3000,\"receivedBytes\":3000,\"sha256\":\""
                        + sha256(image) + "\",\"state\":\"SUCCEEDED\"}]}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takesLargeFormsWholeOrInChunks(boolean chunked) throws NoSuchAlgorithmException {
        byte[] video = noise(21 << 20);
        String id = opened("video/mp4", video.length);
        int half = 11 << 20;
        assertThat(appendForm(id, 0, Arrays.copyOf(video, half), chunked).statusCode())
                .isEqualTo(200);
        assertThat(appendForm(id, 1, Arrays.copyOfRange(video, half, video.length), chunked)
                        .statusCode())
                .isEqualTo(200);
        assertThat(end(id).statusCode()).isEqualTo(200);
        assertThat(simulator.ledger().media().getFirst().sha256()).isEqualTo(sha256(video));
    }

    @Test
    void putsSegmentsInOrder() throws NoSuchAlgorithmException {
        String id = opened("image/png", 6);
        append(id, 2, ascii("ef"));
        append(id, 1, ascii("cd"));
        assertThat(simulator.ledger().media().getFirst().sha256()).isEqualTo(sha256(new byte[0]));
        assertInvalid(end(id), "with a gap");
        append(id, 0, ascii("ab"));
        assertThat(end(id).statusCode()).isEqualTo(200);
        assertThat(simulator.ledger().media().getFirst().sha256()).isEqualTo(sha256(ascii("abcdef")));
    }

    @Test
    void takesTheSameSegmentTwiceAndCountsItOnce() {
        String id = opened("image/png", 2);
        simulator.queue(Fault.of(Endpoint.MEDIA, FaultKind.LOSE_ANSWER));
        assertThatThrownBy(() -> append(id, 0, ascii("ab"))).isInstanceOf(UncheckedIOException.class);
        assertThat(append(id, 0, ascii("ab")).statusCode()).isEqualTo(200);
        assertInvalid(append(id, 0, ascii("xy")), "with other content");
        assertThat(end(id).statusCode()).isEqualTo(200);
        assertThat(end(id).statusCode()).isEqualTo(200);
        assertInvalid(append(id, 1, ascii("cd")), "takes no more segments");
        assertThat(simulator.ledger().media().getFirst().receivedBytes()).isEqualTo(2);
    }

    @Test
    void processesAVideoForAWhile() {
        String id = opened("video/mp4", 2);
        append(id, 0, ascii("ab"));
        assertThat(state(id)).isEmpty();
        assertThat(end(id).body()).contains("\"processing_info\":{\"state\":\"pending\",\"check_after_secs\":1}");
        assertThat(publish(ada, id).statusCode()).isEqualTo(400);
        simulator.advance(Duration.ofSeconds(2));
        assertThat(state(id)).isEqualTo("succeeded");
        assertThat(publish(ada, id).statusCode()).isEqualTo(201);
        simulator.advance(Duration.ofDays(1));
        assertThat(publish(person("1001"), id).body()).contains("Your media IDs are invalid.");
    }

    @Test
    void failsToProcessAVideoWhenSwitched() {
        simulator.switches().mediaProcessingFails(true);
        String id = opened("video/mp4", 2);
        append(id, 0, ascii("ab"));
        end(id);
        simulator.advance(Duration.ofSeconds(2));
        assertThat(state(id)).isEqualTo("failed");
        assertThat(publish(ada, id).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"image/png,5242880", "image/gif,15728640", "video/mp4,536870912"})
    void limitsTheSizeByType(String type, long most) {
        assertThat(initialize(type, most).statusCode()).isEqualTo(200);
        assertInvalid(initialize(type, most + 1), "File size exceeds " + most + " bytes.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | total_bytes",
                "{\"media_type\":\"image/png\",\"total_bytes\":\"5\"} | whole number",
                "{\"media_type\":\"image/png\",\"total_bytes\":0} | 1 or more",
                "{\"media_type\":\"text/html\",\"total_bytes\":5} | not supported",
                "{\"media_type\":\"image/png\",\"total_bytes\":5,\"media_category\":\"x\"} | media_category",
                "{\"media_type\":\"image/png\",\"total_bytes\":5,\"name\":\"x\"} | not allowed",
                "nonsense | not valid JSON"
            })
    void saysWhatIsWrongWithAnUpload(String body, String message) {
        assertInvalid(ada.post(UPLOAD + "/initialize", body), message);
        assertThat(simulator.ledger().media()).isEmpty();
    }

    @Test
    void refusesWhatDoesNotFitTheUpload() {
        String id = opened("image/png", 5);
        append(id, 0, ascii("abc"));
        assertInvalid(end(id), "has 3 bytes in segments and was declared with 5");
        assertInvalid(append(id, 1000, ascii("de")), "0 to 999");
        assertInvalid(ada.post(UPLOAD + "/" + id + "/append", "{\"segment_index\":1}"), "`media` is missing");
        assertInvalid(ada.post(UPLOAD + "/" + id + "/append", "{\"segment_index\":1,\"media\":\"***\"}"), "missing");
        assertInvalid(append("42", 0, ascii("de")), "no upload of yours");
        assertInvalid(grace.post(UPLOAD + "/" + id + "/finalize", ""), "no upload of yours");
    }

    @Test
    void forbidsUploadsWithoutTheScope() {
        Person other = browser.as(simulator.issue("confidential", "1001").accessToken());
        assertThat(other.post(UPLOAD + "/initialize", "{}").statusCode()).isEqualTo(403);
    }

    @Test
    void uploadsAtOnce() throws NoSuchAlgorithmException {
        HttpResponse<String> answer = ada.post(UPLOAD, "{\"media\":\"YWJj\",\"media_category\":\"tweet_image\"}");
        assertThat(answer.body()).contains("\"media_key\":\"3_", "\"size\":3}}");
        assertThat(simulator.ledger().media().getFirst().sha256()).isEqualTo(sha256(ascii("abc")));
        String id = Browser.json(answer).path("data").path("id").asString();
        assertThat(publish(ada, id).statusCode()).isEqualTo(201);
    }
}
