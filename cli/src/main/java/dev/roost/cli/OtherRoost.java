package dev.roost.cli;

import dev.roost.cli.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks whoever listens on our port whether it is a Roost that keeps the same accounts. */
final class OtherRoost {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private OtherRoost() {}

    static boolean sharesStore(Settings settings, String identity) {
        String host = settings.listensOnLoopback() ? settings.host() : "127.0.0.1";
        URI root = URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + settings.port() + "/");
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpRequest request = HttpRequest.newBuilder(root).timeout(PATIENCE).build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode body = JsonMapper.shared().readTree(answer.body());
            return body.path("name").asString("").equals("roost")
                    && body.path("store").asString("").equals(identity);
        } catch (IOException | JacksonException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
