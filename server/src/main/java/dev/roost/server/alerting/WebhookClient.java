package dev.roost.server.alerting;

import dev.roost.core.alerting.WebhookTargets;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request at a time to strangers, each over a connection of its own: no proxy, no cookies, no credentials, no
 * redirects, nothing repeated, and only to addresses that are allowed. Safe for many threads.
 */
public final class WebhookClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int MOST_READ = 64 * 1024;
    private static final int CONNECTIONS = 1000;

    private final CloseableHttpClient http;
    private final Duration deadline;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("roost-webhooks-timer").factory());

    private WebhookClient(CloseableHttpClient http, Duration deadline) {
        this.http = http;
        this.deadline = deadline;
    }

    /**
     * Makes one that asks the system for addresses.
     *
     * @param targets where it may send
     * @param version of Roost, for the header {@code User-Agent}
     * @param deadline for everything from the look-up of the name to the status; 15 seconds is usual
     */
    public static WebhookClient of(WebhookTargets targets, String version, Duration deadline) {
        return of(targets, version, deadline, InetAddress::getAllByName);
    }

    static WebhookClient of(WebhookTargets targets, String version, Duration deadline, CheckedResolver.Names names) {
        RequestConfig request = RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(deadline))
                .setResponseTimeout(Timeout.of(deadline))
                .setAuthenticationEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build();
        ConnectionConfig connection = ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(CONNECT.compareTo(deadline) < 0 ? CONNECT : deadline))
                .setSocketTimeout(Timeout.of(deadline))
                .build();
        CloseableHttpClient http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new CheckedResolver(targets, names))
                        .setDefaultConnectionConfig(connection)
                        .setMaxConnTotal(CONNECTIONS)
                        .setMaxConnPerRoute(CONNECTIONS)
                        .build())
                .setDefaultRequestConfig(request)
                .setRoutePlanner(new DefaultRoutePlanner(null))
                .setConnectionReuseStrategy((asked, answered, context) -> false)
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .setUserAgent("Roost/" + version)
                .build();
        return new WebhookClient(http, deadline);
    }

    /** What came of a request. */
    sealed interface Outcome {
        /**
         * The receiver answered; whatever else it said was not kept.
         *
         * @param retryAfter what the header of that name says, in its form or another
         */
        record Status(int code, Optional<String> retryAfter) implements Outcome {}

        /** There was no answer. */
        record Failed(String why) implements Outcome {}
    }

    /** Sends JSON. Never throws for anything that the receiver or the network does. */
    Outcome post(URI target, Map<String, String> headers, byte[] body) {
        HttpPost request = new HttpPost(target);
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        AtomicBoolean late = new AtomicBoolean();
        Future<?> alarm = timer.schedule(
                () -> {
                    late.set(true);
                    request.cancel();
                },
                deadline.toMillis(),
                TimeUnit.MILLISECONDS);
        AtomicReference<Optional<Outcome>> answered = new AtomicReference<>(Optional.empty());
        try {
            return http.execute(request, response -> {
                Outcome outcome = outcome(response);
                answered.set(Optional.of(outcome));
                skim(response.getEntity());
                // Or all that is left would be read.
                request.cancel();
                return outcome;
            });
        } catch (IOException e) {
            return answered.get().orElseGet(() -> new Outcome.Failed(late.get() ? tooLate() : why(e)));
        } catch (RuntimeException e) {
            String kind = e.getClass().getSimpleName();
            return answered.get().orElseGet(() -> new Outcome.Failed("it could not be sent (" + kind + ")"));
        } finally {
            alarm.cancel(false);
        }
    }

    private String tooLate() {
        return "it did not answer within " + deadline.toSeconds() + " s";
    }

    /** The status alone counts, however the rest turns out. */
    private static Outcome outcome(ClassicHttpResponse response) {
        Header wait = response.getFirstHeader("Retry-After");
        return new Outcome.Status(response.getCode(), Optional.ofNullable(wait).map(Header::getValue));
    }

    /** What follows is read for a while, so that an honest receiver can end in peace. */
    private static void skim(@Nullable HttpEntity entity) {
        if (entity == null) {
            return;
        }
        try {
            InputStream in = entity.getContent();
            if (in != null) {
                var _ = in.readNBytes(MOST_READ);
            }
        } catch (IOException | RuntimeException e) {
            System.getLogger(WebhookClient.class.getName())
                    .log(System.Logger.Level.DEBUG, "the rest of an answer could not be read: {0}", e.getClass());
        }
    }

    /** Only words of our own: messages of exceptions may repeat the address, which may hold a secret. */
    private String why(IOException failure) {
        return switch (failure) {
            case CheckedResolver.Refused refused -> "refused: " + refused.getMessage();
            case UnknownHostException e -> "its name has no address";
            case ConnectTimeoutException e -> "no connection within " + CONNECT.toSeconds() + " s";
            case ConnectException e -> "no connection: it was refused";
            case SSLException e -> "no TLS connection (" + e.getClass().getSimpleName() + ")";
            case InterruptedIOException e -> tooLate();
            default -> "the connection broke (" + failure.getClass().getSimpleName() + ")";
        };
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        timer.shutdownNow();
        http.close(CloseMode.IMMEDIATE);
    }
}
