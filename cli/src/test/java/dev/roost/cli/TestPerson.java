package dev.roost.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody at a browser who is signed in to the simulated X. */
record TestPerson(String userId, String decision, CompletableFuture<HttpResponse<String>> page) implements Browser {
    private static final Pattern REQUEST = Pattern.compile("name=\"request\" value=\"([^\"]+)\"");

    static TestPerson agreeing(String userId) {
        return new TestPerson(userId, "authorize", new CompletableFuture<>());
    }

    static TestPerson refusing(String userId) {
        return new TestPerson(userId, "cancel", new CompletableFuture<>());
    }

    @Override
    public boolean open(URI address) {
        Thread.ofVirtual().start(() -> {
            try {
                page.complete(visit(address));
            } catch (RuntimeException e) {
                page.completeExceptionally(e);
            }
        });
        return true;
    }

    /** Returns what the browser shows in the end. */
    HttpResponse<String> seen() {
        return page.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private HttpResponse<String> visit(URI address) {
        URI back = consent(address);
        return get(back);
    }

    /** Decides on X's page and returns where X sends the browser. */
    URI consent(URI address) {
        Matcher request = REQUEST.matcher(get(address).body());
        if (!request.find()) {
            throw new IllegalStateException("X shows no consent page");
        }
        String form = "request=" + encoded(request.group(1)) + "&user_id=" + userId + "&decision=" + decision;
        HttpResponse<String> answer = send(HttpRequest.newBuilder(address.resolve("/i/oauth2/authorize"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }

    static HttpResponse<String> get(URI address) {
        return send(HttpRequest.newBuilder(address));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
