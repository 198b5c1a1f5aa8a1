package dev.roost.simulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.node.ObjectNode;

/** An HTTP client for one simulator. Follows no redirects; throws {@link UncheckedIOException} when cut off. */
final class Browser implements AutoCloseable {

    static final String CALLBACK = "http://127.0.0.1:3001/callback";
    static final String SECRET = "s3cret";

    private final Simulator simulator;
    private final HttpClient client = HttpClient.newHttpClient();

    Browser(Simulator simulator) {
        this.simulator = simulator;
    }

    /** A simulator with apps {@code public} and {@code confidential}, and users 1001 ada and 1002 grace. */
    static Simulator simulatorWithPeople() {
        Simulator simulator = Simulator.start();
        simulator.addApp("public", null, CALLBACK);
        simulator.addApp("confidential", SECRET, CALLBACK);
        simulator.addUser("1001", "ada");
        simulator.addUser("1002", "grace");
        return simulator;
    }

    static String basic(String clientId, String secret) {
        return "Basic "
                + Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    static ObjectNode json(HttpResponse<String> response) {
        return Json.readObject(response.body());
    }

    static String field(HttpResponse<String> response, String name) {
        return json(response).path(name).asString("");
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    HttpResponse<String> delete(String path, String... headers) {
        return send(request(path, headers).DELETE().build());
    }

    HttpResponse<String> postJson(String path, String body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    /** Posts bytes of any type; {@code chunked} sends them without telling their number first. */
    HttpResponse<String> postBytes(String path, byte[] body, boolean chunked, String... headers) {
        BodyPublisher publisher = chunked
                ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
                : BodyPublishers.ofByteArray(body);
        return send(request(path, headers).POST(publisher).build());
    }

    /** Posts a form of name and value in turn. */
    HttpResponse<String> postForm(String path, String... namesAndValues) {
        return send(form(path, List.of(), namesAndValues));
    }

    /** Spends a refresh token as the public app. */
    HttpResponse<String> refresh(String refreshToken) {
        return send(refreshRequest(refreshToken));
    }

    /** Spends a refresh token as the public app, without waiting. */
    CompletableFuture<HttpResponse<String>> refreshLater(String refreshToken) {
        return client.sendAsync(refreshRequest(refreshToken), BodyHandlers.ofString());
    }

    /** Posts a form to the token endpoint with an authorization header. */
    HttpResponse<String> tokenAs(String authorization, String... namesAndValues) {
        return send(form("/2/oauth2/token", List.of("Authorization", authorization), namesAndValues));
    }

    /** The user an access token stands for, or why not. */
    HttpResponse<String> me(String accessToken) {
        return get("/2/users/me", "Authorization", "Bearer " + accessToken);
    }

    /** A person with this access token. */
    Person as(String accessToken) {
        return new Person(this, accessToken);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Names and values in turn as a query. */
    static String query(String... namesAndValues) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            pairs.add(namesAndValues[i] + "=" + encode(namesAndValues[i + 1]));
        }
        return String.join("&", pairs);
    }

    private HttpRequest refreshRequest(String refreshToken) {
        return form(
                "/2/oauth2/token",
                List.of(),
                "grant_type",
                "refresh_token",
                "refresh_token",
                refreshToken,
                "client_id",
                "public");
    }

    private HttpRequest form(String path, List<String> headers, String... namesAndValues) {
        return request(path, headers.toArray(new String[0]))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(query(namesAndValues)))
                .build();
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(simulator.uri() + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + request.uri(), e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
