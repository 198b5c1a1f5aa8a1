package dev.roost.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody at a browser who is signed in to the simulated X. */
public record TestPerson(String userId) {
    private static final Pattern REQUEST = Pattern.compile("name=\"request\" value=\"([^\"]+)\"");

    /** Agrees on X's page, and returns path and query of the callback. */
    public String agrees(String authorizationUrl) {
        return decides(authorizationUrl, "authorize");
    }

    /** Says no on X's page, and returns path and query of the callback. */
    public String refuses(String authorizationUrl) {
        return decides(authorizationUrl, "cancel");
    }

    private String decides(String authorizationUrl, String decision) {
        URI address = URI.create(authorizationUrl);
        try (HttpClient browser = HttpClient.newHttpClient()) {
            Matcher request = REQUEST.matcher(
                    send(browser, HttpRequest.newBuilder(address)).body());
            if (!request.find()) {
                throw new IllegalStateException("X shows no consent page");
            }
            String form = "request=" + URLEncoder.encode(request.group(1), StandardCharsets.UTF_8) + "&user_id="
                    + userId + "&decision=" + decision;
            URI back = URI.create(send(
                            browser,
                            HttpRequest.newBuilder(address.resolve("/i/oauth2/authorize"))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(BodyPublishers.ofString(form)))
                    .headers()
                    .firstValue("Location")
                    .orElseThrow());
            return back.getRawPath() + "?" + back.getRawQuery();
        }
    }

    private static HttpResponse<String> send(HttpClient browser, HttpRequest.Builder request) {
        try {
            return browser.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
