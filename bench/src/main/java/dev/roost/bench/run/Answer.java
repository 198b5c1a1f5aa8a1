package dev.roost.bench.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer of Roost, to be given by the baselines to the letter.
 *
 * @param headers those that Roost sets itself
 * @param body the token, as JSON
 */
record Answer(Map<String, String> headers, String body) {
    private static final Set<String> BY_THE_SERVER =
            Set.of("date", "content-length", "connection", "server", ":status");

    /** Asks for it. */
    static Answer of(URI address, String key) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .header("Authorization", "Bearer " + key)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("Roost answered " + response.statusCode());
            }
            Map<String, String> headers = new LinkedHashMap<>();
            response.headers().map().forEach((name, values) -> {
                if (!BY_THE_SERVER.contains(name)) {
                    headers.put(name, values.getFirst());
                }
            });
            return new Answer(headers, response.body());
        }
    }

    String text() {
        return JsonMapper.shared().writeValueAsString(this);
    }

    static Answer read(Path file) throws IOException {
        JsonNode node = JsonMapper.shared().readTree(Files.readString(file));
        Map<String, String> headers = new LinkedHashMap<>();
        node.get("headers")
                .properties()
                .forEach(entry -> headers.put(entry.getKey(), entry.getValue().asString()));
        return new Answer(headers, node.get("body").asString());
    }
}
