package dev.roost.server.oauth;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fetches JSON documents of the authorization server: of limited size, within a limited time, from the address itself and
 * from nowhere it might lead on to. Safe for many threads; blocks its caller.
 */
final class Documents {
    private static final int LIMIT_KIB = 256;
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final HttpClient network;

    /** @throws IllegalArgumentException if this client follows redirects */
    Documents(HttpClient network) {
        if (network.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("this HTTP client follows redirects; use one that never does");
        }
        this.network = network;
    }

    /** Never throws, whatever the far side does. The words name the address and repeat nothing of the answer. */
    Fetched get(URI address) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(LIMIT)
                .header("Accept", "application/json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                network.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LIMIT_KIB * 1024L));
        try {
            return read(address, answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Fetched.Unreachable(address + " did not answer whole within " + LIMIT.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            return new Fetched.Unreachable(
                    address + " cannot be reached, or its answer broke off or is longer than " + LIMIT_KIB + " KiB");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new Fetched.Unreachable("this server is stopping");
        }
    }

    private static Fetched read(URI address, HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 200) {
            return new Fetched.Absent(address + " answered HTTP " + answer.statusCode());
        }
        try {
            if (STRICT.readTree(answer.body()) instanceof ObjectNode object) {
                return new Fetched.Document(object);
            }
        } catch (JacksonException e) {
            // Told below: the parser's own words repeat what came.
        }
        return new Fetched.Absent(address + " answered something that is no JSON object");
    }
}
