package dev.roost.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.roost.core.AccessToken;
import dev.roost.core.Scopes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads in segments, and what becomes of them when X or the network fails in the middle. */
@Timeout(60)
class XMediaTest {
    private static final XCaller CALLER = XCaller.of(AccessToken.of("access-token-1"));
    private static final String BEGUN = "{\"data\":{\"id\":\"5\",\"media_key\":\"3_5\",\"expires_after_secs\":86400}}";
    private static final String DONE = BEGUN.replace("}}", ",\"size\":3}}");
    private static final String DROP = "";

    private final List<Duration> slept = new ArrayList<>();

    @Test
    void uploadsInTheFormThatXDocuments() throws IOException {
        List<String> requests = new ArrayList<>();
        XReply<Media> reply = upload(MediaFile.of("image/png", 3, bytes("abc")), requests, line -> usual(line, DONE));
        assertThat(reply)
                .isEqualTo(new XReply.Ok<>(
                        new Media("5", "3_5", 86_400, Media.State.SUCCEEDED), new RateLimits(List.of())));
        assertThat(requests).hasSize(3);
        assertThat(requests.get(0))
                .startsWith("POST /2/media/upload/initialize HTTP/1.1\r\n")
                .endsWith("{\"media_type\":\"image/png\",\"total_bytes\":3,\"media_category\":\"tweet_image\"}");
        String boundary = requests.get(1).replaceAll("(?s).*boundary=(\\S+)\r\n.*", "$1");
        assertThat(requests.get(1))
                .startsWith("POST /2/media/upload/5/append HTTP/1.1\r\n")
                .containsIgnoringCase("\r\ncontent-type: multipart/form-data; boundary=roost-")
                .endsWith("\r\n\r\n--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"segment_index\"\r\n\r\n0\r\n--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"media\"; filename=\"segment\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\nabc\r\n--" + boundary + "--\r\n");
        assertThat(requests.get(2))
                .startsWith("POST /2/media/upload/5/finalize HTTP/1.1\r\n")
                .containsIgnoringCase("\r\ncontent-length: 0\r\n");
        assertThat(slept).isEmpty();
    }

    @Test
    void readsOneSegmentAtATime() throws IOException {
        AtomicInteger ahead = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        InputStream content = new InputStream() {
            @Override
            public int read() {
                return -1;
            }

            @Override
            public int read(byte[] into, int from, int length) {
                most.accumulateAndGet(ahead.addAndGet(length), Math::max);
                return length;
            }
        };
        long size = 2L * XMedia.SEGMENT + 1;
        List<String> requests = new ArrayList<>();
        XReply<Media> reply = upload(MediaFile.of("video/mp4", size, content), requests, line -> {
            if (line.contains("/append")) {
                ahead.set(0);
            }
            return usual(line, DONE);
        });
        assertThat(reply).isInstanceOf(XReply.Ok.class);
        assertThat(most.get()).isEqualTo(XMedia.SEGMENT);
        assertThat(requests.stream()
                        .filter(request -> request.contains("/append"))
                        .map(request -> request.replaceAll("(?s).*segment_index\"\r\n\r\n([0-9]+)\r\n.*", "$1")))
                .containsExactly("0", "1", "2");
    }

    @Test
    void sendsASegmentAgainWhoseAnswerIsLost() throws IOException {
        List<String> requests = new ArrayList<>();
        AtomicInteger appends = new AtomicInteger();
        XReply<Media> reply = upload(
                MediaFile.of("image/png", 3, bytes("abc")),
                requests,
                line -> line.contains("/append") && appends.incrementAndGet() == 1 ? DROP : usual(line, DONE));
        assertThat(reply).isInstanceOf(XReply.Ok.class);
        assertThat(requests.stream().filter(request -> request.contains("/append")))
                .hasSize(2)
                .allMatch(request -> request.contains("\r\n\r\n0\r\n") && request.contains("\r\n\r\nabc\r\n"));
    }

    @Test
    void givesUpAfterTheSecondLostAnswer() throws IOException {
        List<String> requests = new ArrayList<>();
        XReply<Media> reply = upload(
                MediaFile.of("image/png", 3, bytes("abc")),
                requests,
                line -> line.contains("/append") ? DROP : usual(line, DONE));
        assertThat(reply).isInstanceOf(XReply.Unknown.class);
        assertThat(requests).hasSize(3);
    }

    @Test
    void waitsAsXAsksUntilItIsProcessed() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        List<String> requests = new ArrayList<>();
        XReply<Media> reply = upload(MediaFile.of("video/mp4", 3, bytes("abc")), requests, line -> {
            if (!line.startsWith("GET ")) {
                return usual(line, processing("pending", 5));
            }
            int time = asked.incrementAndGet();
            return time == 2
                    ? http("503 Service Unavailable", "")
                    : http("200 OK", processing(time == 1 ? "in_progress" : "succeeded", 0));
        });
        assertThat(reply.map(Media::state))
                .isEqualTo(new XReply.Ok<>(Media.State.SUCCEEDED, new RateLimits(List.of())));
        assertThat(slept).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThat(requests.getLast()).startsWith("GET /2/media/upload?command=STATUS&media_id=5 HTTP/1.1\r\n");
    }

    @Test
    void stopsWaitingAfterTwoMinutes() throws IOException {
        XReply<Media> reply = upload(
                MediaFile.of("video/mp4", 3, bytes("abc")),
                new ArrayList<>(),
                line -> usual(line, processing("in_progress", 50)));
        assertThat(reply.map(Media::state))
                .isEqualTo(new XReply.Ok<>(Media.State.IN_PROGRESS, new RateLimits(List.of())));
        assertThat(slept).containsExactly(Duration.ofSeconds(50), Duration.ofSeconds(50), Duration.ofSeconds(20));
    }

    @Test
    void saysWhyXCannotUseIt() throws IOException {
        String failed = processing("failed", 0)
                .replace("\"state\"", "\"error\":{\"message\":\"no video, access-token-1\"},\"state\"");
        XReply<Media> reply =
                upload(MediaFile.of("video/mp4", 3, bytes("abc")), new ArrayList<>(), line -> usual(line, failed));
        assertThat(reply.toString())
                .contains("Refused", "HTTP 200 INVALID_REQUEST: no video, *** X took the file and could not use it");
    }

    @ParameterizedTest
    @CsvSource({"4, it ended after 3 of 4 bytes", "2, it has more than the 2 bytes given as its size"})
    void doesNotFinishWhatHasAnotherSize(long size, String words) throws IOException {
        List<String> requests = new ArrayList<>();
        XReply<Media> reply =
                upload(MediaFile.of("image/png", size, bytes("abc")), requests, line -> usual(line, DONE));
        assertThat(reply.toString()).contains("Refused", "Not sent: INVALID_REQUEST", words);
        assertThat(requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/append", "/finalize"})
    void isNotTakenForRepeatableWhenTheTokenEndsInTheMiddle(String step) throws IOException {
        XReply<Media> reply = upload(
                MediaFile.of("image/png", 3, bytes("abc")),
                new ArrayList<>(),
                line -> line.contains(step)
                        ? http("401 Unauthorized", "{\"title\":\"Unauthorized\"}")
                        : usual(line, DONE));
        assertThat(reply).isInstanceOf(XReply.Refused.class);
        assertThat(reply.toString()).contains("HTTP 401 UNAUTHORIZED", "upload the file again with a new one");
    }

    @Test
    void canBeRepeatedWhenTheTokenEndedBefore() throws IOException {
        MediaFile file = MediaFile.of("image/png", 3, bytes("abc"));
        assertThat(upload(file, new ArrayList<>(), line -> http("401 Unauthorized", "{}")))
                .isInstanceOf(XReply.Unauthorized.class);
        assertThat(upload(file, new ArrayList<>(), line -> usual(line, DONE))).isInstanceOf(XReply.Ok.class);
    }

    @Test
    void sendsNothingWithoutTheScope() throws IOException {
        try (RawServer server = RawServer.answering(DONE);
                XTransport transport = new XTransport(Fixture.settings(server.uri(), Optional.empty()), "9.9")) {
            XCaller caller = XCaller.of(CALLER.token(), Scopes.DEFAULT, "ada");
            assertThat(media(server, transport)
                            .upload(caller, MediaFile.of("image/png", 3, bytes("abc")))
                            .toString())
                    .contains("needs scope media.write, which @ada did not grant");
            assertThat(server.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image/jpeg      |         | 5242881   | allowed is 1 to 5242880",
                "image/gif       |         | 15728641  | allowed is 1 to 15728640",
                "video/mp4       |         | 536870913 | allowed is 1 to 536870912",
                "image/png       |         | 0         | allowed is 1 to 5242880",
                "application/pdf |         | 1         | allowed is image/bmp, image/gif,",
                "image/png       | selfie  | 1         | media category \"selfie\" is none of X's"
            })
    void refusesWhatXDoesNotTake(String type, String category, long size, String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MediaFile(type, Optional.ofNullable(category), size, bytes("")))
                .withMessageContaining(words);
    }

    private XReply<Media> upload(MediaFile file, List<String> requests, UnaryOperator<String> answers)
            throws IOException {
        RawServer.Script script = wire -> {
            while (true) {
                String request = wire.readRequest();
                String answer = answers.apply(request.lines().findFirst().orElse(""));
                if (answer.equals(DROP)) {
                    return;
                }
                wire.write(answer);
            }
        };
        try (RawServer server = new RawServer(script);
                XTransport transport = new XTransport(Fixture.settings(server.uri(), Optional.empty()), "9.9")) {
            XReply<Media> reply = media(server, transport).upload(CALLER, file);
            requests.addAll(server.requests());
            return reply;
        }
    }

    private XMedia media(RawServer server, XTransport transport) {
        XSettings settings = Fixture.settings(server.uri(), Optional.empty());
        return new XMedia(new XCalls(settings, transport, Fixture.CLOCK), slept::add);
    }

    private static String usual(String line, String finished) {
        if (line.contains("/initialize")) {
            return http("200 OK", BEGUN);
        }
        return line.contains("/append")
                ? http("200 OK", "{\"data\":{\"expires_at\":1790000000}}")
                : http("200 OK", finished);
    }

    private static String processing(String state, int checkAfter) {
        return BEGUN.replace(
                "}}", ",\"processing_info\":{\"state\":\"" + state + "\",\"check_after_secs\":" + checkAfter + "}}}");
    }

    private static String http(String status, String body) {
        return RawServer.http(status, "application/json", body);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
