package dev.roost.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls a {@link TestServer}, follows no redirect, and holds every exchange against the API's description: a test that uses
 * it checks that too.
 */
public final class TestClient {
    private final HttpClient http;
    private final URI server;
    private final Conformance conformance;
    private final Optional<String> key;

    TestClient(HttpClient http, URI server, Conformance conformance, Optional<String> key) {
        this.http = http;
        this.server = server;
        this.conformance = conformance;
        this.key = key;
    }

    /** Gets a path; header names and values in turn. */
    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, Optional.empty(), headers);
    }

    /** Posts JSON. */
    public HttpResponse<String> post(String path, String json, String... headers) {
        return send("POST", path, Optional.of(json), headers);
    }

    /** Deletes. */
    public HttpResponse<String> delete(String path, String... headers) {
        return send("DELETE", path, Optional.empty(), headers);
    }

    /** Sends a request with a key, if this client has one, and with JSON, if there is some. */
    public HttpResponse<String> send(String method, String path, Optional<String> json, String... headers) {
        URI target = URI.create(server + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .method(method, json.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        key.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        json.ifPresent(text -> request.header("Content-Type", "application/json"));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        HttpResponse<String> response = send(request.build());
        conformance.check(method, target, json, response);
        return response;
    }

    /** Returns the body as a JSON object. */
    public static ObjectNode json(HttpResponse<String> response) {
        return (ObjectNode) JsonMapper.shared().readTree(response.body());
    }

    /** Returns a member of the body as text; empty when there is none. */
    public static String text(HttpResponse<String> response, String member) {
        return json(response).path(member).asString("");
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
