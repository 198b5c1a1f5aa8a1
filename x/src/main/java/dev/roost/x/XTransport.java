package dev.roost.x;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

/**
 * Sends requests to X over HTTP/1.1 and tells apart "did not leave", "answered" and "unknown".
 *
 * <p>A request that writes goes out at most once, over a connection of its own: a kept-alive connection that the far
 * side closes at the moment of use would turn a refresh into an unknown for nothing. Reading requests share a pool.
 * Redirects are not followed. Blocks its caller, who may be a virtual thread; safe for many threads.
 */
public final class XTransport implements AutoCloseable {
    /** How much of a body is read, in bytes; the longest answer that Roost expects has a few thousand. */
    static final int BODY_LIMIT = 1 << 20;

    private final XSettings settings;
    private final String userAgent;

    /** Platform threads: a name lookup holds the thread that carries it, and would hold up virtual threads with it. */
    private final ExecutorService workers = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("x-http-", 1).factory());

    private final HttpClient pool;

    /**
     * Opens no connection yet.
     *
     * @param version of Roost, for the {@code User-Agent} header
     */
    public XTransport(XSettings settings, String version) {
        this.settings = settings;
        this.userAgent = "roost/" + version;
        this.pool = client();
    }

    /** Sends one request and waits, at most for its deadline. Never throws for anything the far side does. */
    Delivery send(XRequest request) {
        if (!request.headers().values().stream().allMatch(XTransport::isPrintable)) {
            // The HTTP client would throw here, with the value in its message.
            return new Delivery.NotSent("a token has a character outside printable ASCII, so it is none of X's");
        }
        if (!request.writes()) {
            return exchange(pool, request);
        }
        HttpClient own = client();
        try {
            return exchange(own, request);
        } finally {
            own.shutdownNow();
        }
    }

    /** Breaks off what is under way, which then counts as unknown or not sent. */
    @Override
    public void close() {
        pool.shutdownNow();
        workers.shutdownNow();
    }

    private HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectDeadline())
                .executor(workers)
                .build();
    }

    private Delivery exchange(HttpClient client, XRequest request) {
        OnceBody body = new OnceBody(request.body());
        AtomicInteger status = new AtomicInteger();
        CompletableFuture<HttpResponse<byte[]>> coming = client.sendAsync(http(request, body), head -> {
            status.set(head.statusCode());
            return new CappedBody(BODY_LIMIT);
        });
        try {
            HttpResponse<byte[]> answer = coming.get(request.deadline().toNanos(), TimeUnit.NANOSECONDS);
            return answered(request, body, answer);
        } catch (TimeoutException e) {
            boolean left = left(request, body);
            coming.cancel(true);
            String reason = Obstacle.late(request, left, status.get());
            return left ? new Delivery.Unknown(reason) : new Delivery.NotSent(reason);
        } catch (InterruptedException e) {
            boolean left = left(request, body);
            coming.cancel(true);
            Thread.currentThread().interrupt();
            String reason = "this thread was interrupted " + (left ? "after" : "before") + " the request left";
            return left ? new Delivery.Unknown(reason) : new Delivery.NotSent(reason);
        } catch (ExecutionException e) {
            return failed(request, body, status.get(), e.getCause() == null ? e : e.getCause());
        }
    }

    private Delivery failed(XRequest request, OnceBody body, int status, Throwable failure) {
        boolean left = request.body().isEmpty() ? !Obstacle.isBeforeSending(failure) : !body.withdraw();
        return left
                ? new Delivery.Unknown(Obstacle.afterSending(request, status))
                : new Delivery.NotSent(Obstacle.beforeSending(request, settings, failure));
    }

    private static boolean left(XRequest request, OnceBody body) {
        return request.body().isEmpty() || !body.withdraw();
    }

    private static Delivery answered(XRequest request, OnceBody body, HttpResponse<byte[]> answer) {
        // The JDK gives a proxy's 407 to CONNECT as if it were the answer; the tunnel was never dug.
        if (answer.statusCode() == 407 && !left(request, body)) {
            return new Delivery.NotSent(
                    "the proxy wants a password (HTTP 407) for " + request.peer() + "; give it one or go around it");
        }
        byte[] bytes = unpacked(answer);
        return new Delivery.Answered(answer.statusCode(), answer.headers(), new String(bytes, StandardCharsets.UTF_8));
    }

    /** Roost asks for no compression, but some networks compress all the same. Junk unpacks to nothing. */
    private static byte[] unpacked(HttpResponse<byte[]> answer) {
        boolean gzip = answer.headers()
                .firstValue("Content-Encoding")
                .orElse("")
                .strip()
                .equalsIgnoreCase("gzip");
        if (!gzip) {
            return answer.body();
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            return in.readNBytes(BODY_LIMIT);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static boolean isPrintable(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c < 127);
    }

    private HttpRequest http(XRequest request, OnceBody body) {
        BodyPublisher publisher = request.body().isEmpty() ? BodyPublishers.noBody() : body;
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri())
                .method(request.method(), publisher)
                .header("User-Agent", userAgent)
                .header("Accept", "application/json");
        request.headers().forEach(builder::header);
        return builder.build();
    }
}
