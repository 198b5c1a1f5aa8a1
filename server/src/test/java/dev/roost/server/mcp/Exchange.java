package dev.roost.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One HTTP request to the endpoint: its answer's head, and the messages of its answer as they come. */
final class Exchange {
    private static final int PATIENCE_SECONDS = 30;

    private final CompletableFuture<HttpResponse<InputStream>> response;
    private final BlockingQueue<Optional<JsonNode>> messages = new LinkedBlockingQueue<>();

    Exchange(CompletableFuture<HttpResponse<InputStream>> response) {
        this.response = response;
        var _ = Thread.ofVirtual().start(this::read);
    }

    int status() {
        return head().statusCode();
    }

    String header(String name) {
        return head().headers().firstValue(name).orElse("");
    }

    /** Waits for a message, passing over others; fails if the answer ends before. */
    JsonNode next(Predicate<JsonNode> wanted) {
        while (true) {
            JsonNode message = take().orElseThrow(() -> new AssertionError("the answer ended; status " + status()));
            if (wanted.test(message)) {
                return message;
            }
        }
    }

    /** Waits for a notification or request of the server. */
    JsonNode next(String method) {
        return next(message -> message.path("method").asString("").equals(method));
    }

    /** Waits for the response. */
    JsonNode answer() {
        return next(message -> !message.has("method"));
    }

    /** Waits for the result of a response that is no error. */
    JsonNode result() {
        JsonNode answer = answer();
        assertThat(answer.has("result")).as(answer.toString()).isTrue();
        return answer.path("result");
    }

    /** Waits for the structured content of a tool that succeeds. */
    JsonNode content() {
        JsonNode result = result();
        assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
        return result.path("structuredContent");
    }

    /** Waits for the structured content of a tool that fails. */
    JsonNode failure() {
        JsonNode result = result();
        assertThat(result.path("isError").asBoolean()).as(result.toString()).isTrue();
        return result.path("structuredContent");
    }

    /** Waits for the end, and returns the messages that nobody waited for. */
    List<JsonNode> rest() {
        List<JsonNode> rest = new ArrayList<>();
        for (Optional<JsonNode> next = take(); next.isPresent(); next = take()) {
            rest.add(next.get());
        }
        return rest;
    }

    /** Hangs up. */
    void hangUp() {
        try {
            head().body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<InputStream> head() {
        return response.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private Optional<JsonNode> take() {
        try {
            Optional<JsonNode> next = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came");
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(head().body(), StandardCharsets.UTF_8))) {
            if (header("Content-Type").startsWith("text/event-stream")) {
                readEvents(lines);
            } else {
                String body = lines.readAllAsString();
                if (!body.isEmpty()) {
                    keep(body);
                }
            }
        } catch (IOException | CompletionException e) {
            // The client hung up, or the server did.
        } finally {
            messages.add(Optional.empty());
        }
    }

    /** Each event of the server has one line of data. */
    private void readEvents(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data: ")) {
                keep(line.substring("data: ".length()));
            }
        }
    }

    private void keep(String json) {
        messages.add(Optional.of(JsonMapper.shared().readTree(json)));
    }
}
