package dev.roost.x;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

/**
 * One request on its way, and the proof of how far it came. Used once, by one thread.
 *
 * <p>It did not leave if one of these holds: its body was never handed out; TLS was begun and never stood; it has no body
 * and the failure is one of connecting. Everything else counts as having left.
 */
final class Exchange {
    private final XRequest request;
    private final OnceBody body;
    private final TlsWatch tls;
    private final Duration connectDeadline;
    private final AtomicInteger status = new AtomicInteger();

    Exchange(XRequest request, OnceBody body, TlsWatch tls, Duration connectDeadline) {
        this.request = request;
        this.body = body;
        this.tls = tls;
        this.connectDeadline = connectDeadline;
    }

    /**
     * Sends and waits, from the name lookup to the last byte of the answer, until the request's deadline, and a little
     * longer if the body left ({@link Patience} says why). An interrupt ends it only while the body is still here.
     */
    Delivery run(HttpClient client, HttpRequest message) {
        try {
            return awaited(client.sendAsync(message, head -> {
                status.set(head.statusCode());
                return new CappedBody(XTransport.BODY_LIMIT);
            }));
        } catch (RuntimeException | VirtualMachineError e) {
            // The JDK reports a lack of threads or files in this form.
            return failed(e);
        }
    }

    /** Waits for what was sent, which the HTTP client's threads bring at any moment, even that of cancelling it. */
    Delivery awaited(CompletableFuture<HttpResponse<byte[]>> coming) {
        try (Patience patience = new Patience(coming)) {
            boolean there = patience.waited(request.deadline(), this::bodyStayed)
                    || (!bodyStayed() && patience.waitedAfterAPause(request.deadline()));
            // Cancelling fails when the answer came in the meantime.
            return there || !coming.cancel(true) ? settled(coming) : late(patience.isInterrupted());
        }
    }

    private Delivery settled(CompletableFuture<HttpResponse<byte[]>> come) {
        return come.isCompletedExceptionally() ? failed(come.exceptionNow()) : answered(come.resultNow());
    }

    private Delivery late(boolean interrupted) {
        boolean stayed = bodyStayed();
        if (stayed && interrupted) {
            return new Delivery.NotSent("this thread was interrupted before the request left");
        }
        String reason = Obstacle.late(request, !stayed, status.get());
        return stayed ? new Delivery.NotSent(reason) : new Delivery.Unknown(reason);
    }

    private Delivery failed(Throwable cause) {
        boolean stayed = bodyStayed()
                || tls.neverStood()
                || (request.body().isEmpty() && status.get() == 0 && Obstacle.isBeforeSending(cause, request.writes()));
        return stayed
                ? new Delivery.NotSent(Obstacle.beforeSending(request, connectDeadline, cause, tls.neverStood()))
                : new Delivery.Unknown(Obstacle.afterSending(request, status.get()));
    }

    private Delivery answered(HttpResponse<byte[]> answer) {
        // The JDK gives a proxy's 407 to CONNECT as if it were the answer; the tunnel was never dug.
        if (answer.statusCode() == 407 && bodyStayed()) {
            return new Delivery.NotSent(
                    "the proxy wants a password (HTTP 407) for " + request.peer() + "; give it one or go around it");
        }
        String text = new String(unpacked(answer), StandardCharsets.UTF_8);
        return new Delivery.Answered(answer.statusCode(), answer.headers(), text);
    }

    /** Keeps the body here if it is not too late, so that the answer stays true. */
    private boolean bodyStayed() {
        return !request.body().isEmpty() && body.withdraw();
    }

    /** Roost asks for no compression, but some networks compress all the same. Junk unpacks to nothing. */
    private static byte[] unpacked(HttpResponse<byte[]> answer) {
        String coding = answer.headers().firstValue("Content-Encoding").orElse("");
        if (!coding.strip().equalsIgnoreCase("gzip")) {
            return answer.body();
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            return in.readNBytes(XTransport.BODY_LIMIT);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
