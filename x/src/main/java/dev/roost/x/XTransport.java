package dev.roost.x;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * Sends requests to X over HTTP/1.1 and tells apart "did not leave", "answered" and "unknown" ({@link Exchange} says how).
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
    private final SSLContext tls;
    private final Watched watched;

    /**
     * Platform threads: a name lookup holds the thread that carries it, and would hold up virtual threads with it. They end
     * by themselves when idle.
     */
    private final ExecutorService workers = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("x-http-", 1).factory());

    private final Writers writers;
    private final HttpClient pool;
    private volatile boolean closed;

    /**
     * Opens no connection yet.
     *
     * @param version of Roost, for the {@code User-Agent} header
     */
    public XTransport(XSettings settings, String version) {
        this(settings, version, XWatch.NONE);
    }

    /** Like {@link #XTransport(XSettings, String)}, and tells of every request. */
    public XTransport(XSettings settings, String version, XWatch watch) {
        this(settings, version, TlsWatch.jdk(), watch);
    }

    XTransport(XSettings settings, String version, SSLContext tls) {
        this(settings, version, tls, XWatch.NONE);
    }

    private XTransport(XSettings settings, String version, SSLContext tls, XWatch watch) {
        this.tls = tls;
        this.watched = new Watched(watch, settings.apiUrl());
        this.settings = settings;
        this.userAgent = "roost/" + version;
        // First of all clients, so that the JDK lets writing requests ask for a close.
        this.writers = new Writers(tls, context -> client().sslContext(context).build());
        this.pool = client().sslContext(tls).build();
    }

    /** Sends one request and waits, at most for its deadline. Never throws, whatever the far side or this machine does. */
    Delivery send(XRequest request) {
        Watched.Call call = watched.begin(request);
        Delivery delivery = exchange(request);
        call.ended(delivery);
        return delivery;
    }

    private Delivery exchange(XRequest request) {
        return switch (prepared(request)) {
            case Refusal refusal -> new Delivery.NotSent(refusal.reason());
            case Ready ready -> {
                Exchange exchange = new Exchange(request, ready.proof());
                Delivery delivery = exchange.run(ready.client(), ready.message());
                ready.writer().ifPresent(writer -> writers.giveBack(writer, delivery));
                yield delivery;
            }
        };
    }

    /**
     * Sends one request and waits for the head of its answer, whose body is to be closed by the caller. Never throws,
     * whatever the far side or this machine does.
     */
    XStreamReply open(XRequest request) {
        Watched.Call call = watched.begin(request);
        XStreamReply reply = headOf(request);
        call.ended(reply);
        return reply;
    }

    private XStreamReply headOf(XRequest request) {
        return switch (prepared(request)) {
            case Refusal refusal -> new XStreamReply.NotSent(refusal.reason());
            case Ready ready ->
                new OpenExchange(request, ready.proof(), () -> ready.writer().ifPresent(writers::throwAway))
                        .run(ready.client(), ready.message());
        };
    }

    private Prepared prepared(XRequest request) {
        if (!request.headers().values().stream().allMatch(XTransport::isPrintable)) {
            // The HTTP client would throw here, with the value in its message.
            return new Refusal("a token has a character outside printable ASCII, so it is none of X's");
        }
        if (closed) {
            return new Refusal("Roost is shutting down");
        }
        OnceBody body = new OnceBody(request.body());
        try {
            HttpRequest message = message(request, body);
            return request.writes()
                    ? writing(request, message, body)
                    : new Ready(pool, Optional.empty(), message, proof(request, body, new TlsWatch(tls)));
        } catch (RuntimeException | VirtualMachineError e) {
            return new Refusal(Obstacle.unprepared(e));
        }
    }

    private Ready writing(XRequest request, HttpRequest message, OnceBody body) {
        Writers.Writer writer = writers.take();
        return new Ready(writer.client(), Optional.of(writer), message, proof(request, body, writer.watch()));
    }

    private Proof proof(XRequest request, OnceBody body, TlsWatch watch) {
        return new Proof(request, body, watch, settings.connectDeadline());
    }

    /** Sends nothing more. What is under way goes on to its end, since breaking it off would lose its answer. */
    @Override
    public void close() {
        closed = true;
        pool.shutdown();
        writers.close();
    }

    private HttpClient.Builder client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectDeadline())
                .executor(workers);
    }

    private HttpRequest message(XRequest request, OnceBody body) {
        BodyPublisher publisher = request.body().isEmpty() ? BodyPublishers.noBody() : body;
        HttpRequest.Builder message = HttpRequest.newBuilder(request.uri())
                .method(request.method(), publisher)
                .setHeader("User-Agent", userAgent)
                .setHeader("Accept", "application/json");
        request.headers().forEach(message::setHeader);
        if (request.writes()) {
            Writers.askForClose(message);
        }
        return message.build();
    }

    private static boolean isPrintable(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c < 127);
    }

    /** A request that can go out, or why it cannot. */
    private sealed interface Prepared {}

    private record Refusal(String reason) implements Prepared {}

    private record Ready(HttpClient client, Optional<Writers.Writer> writer, HttpRequest message, Proof proof)
            implements Prepared {}
}
