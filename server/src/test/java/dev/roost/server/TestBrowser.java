package dev.roost.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A browser as far as a server can tell: it keeps cookies, says which page asks, and follows no redirect, so that tests see
 * them. Scripts do not run.
 */
public final class TestBrowser {
    private static final Pattern CSRF = Pattern.compile("<meta name=\"csrf-token\" content=\"([^\"]*)\">");

    private final HttpClient http;
    private final URI server;
    private final Map<String, String> cookies = new TreeMap<>();
    private String csrf = "";

    TestBrowser(HttpClient http, URI server) {
        this.http = http;
        this.server = server;
    }

    /** Signs in with this key; the first page was fetched when this returns. */
    public TestBrowser signIn(String key) {
        HttpResponse<String> answer = post("/dashboard/sign-in", Map.of("key", key));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(get("/dashboard").statusCode()).isEqualTo(200);
        return this;
    }

    /** Opens a page as a person does; header names and values in turn. */
    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).setHeader("Sec-Fetch-Site", "none").GET());
    }

    /** Opens a page and looks no further than its status: some go on for ever. */
    public int status(String path) {
        HttpRequest request =
                request(path).setHeader("Sec-Fetch-Site", "none").GET().build();
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            answer.body().close();
            return answer.statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Asks for what stands before an answer; header names and values in turn. */
    public HttpResponse<String> head(String path, String... headers) {
        return send(request(path, headers).HEAD());
    }

    /** Begins to hear the news, and gives up at once; returns the cookie that came. */
    public Optional<String> cookieOfStream() {
        HttpRequest request =
                request("/dashboard/live", "Accept", "text/event-stream").GET().build();
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            answer.body().close();
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.headers().firstValue("Set-Cookie");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Fetches a part of a page, as a page does by itself. */
    public HttpResponse<String> part(String path) {
        return get(path, "HX-Request", "true");
    }

    /** Sends a form of the last page, with its token. */
    public HttpResponse<String> post(String path, Map<String, String> fields, String... headers) {
        Map<String, String> all = new TreeMap<>(fields);
        if (!csrf.isEmpty()) {
            all.putIfAbsent("csrf", csrf);
        }
        String form = all.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = request(path, "Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    /** Returns the token of the last page; empty when it had none. */
    public String csrf() {
        return csrf;
    }

    /** Returns the cookies, by name. */
    public Map<String, String> cookies() {
        return cookies;
    }

    /** Makes a request with the cookies of this browser. */
    public HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .header("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
                .header("Origin", server.toString());
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(this::keep);
            Matcher token = CSRF.matcher(answer.body());
            if (token.find()) {
                csrf = token.group(1);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void keep(String header) {
        String[] pair = header.substring(0, header.indexOf(';')).split("=", 2);
        Optional.of(pair[1])
                .filter(value -> !value.isEmpty())
                .ifPresentOrElse(value -> cookies.put(pair[0], value), () -> cookies.remove(pair[0]));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
