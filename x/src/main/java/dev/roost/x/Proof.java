package dev.roost.x;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How far one request came, and what may be said of it when no answer did. It did not leave if one of these holds: its
 * body was never handed out; TLS was begun and never stood; it has no body and the failure is one of connecting.
 * Everything else counts as having left. Safe for several threads.
 */
final class Proof {
    private final XRequest request;
    private final OnceBody body;
    private final TlsWatch tls;
    private final Duration connectDeadline;
    private final AtomicInteger status = new AtomicInteger();

    Proof(XRequest request, OnceBody body, TlsWatch tls, Duration connectDeadline) {
        this.request = request;
        this.body = body;
        this.tls = tls;
        this.connectDeadline = connectDeadline;
    }

    /** Notes that the head of an answer came. */
    void headCame(int statusCode) {
        status.set(statusCode);
    }

    /** Keeps the body here if it is not too late, so that the answer stays true. */
    boolean bodyStayed() {
        return !request.body().isEmpty() && body.withdraw();
    }

    /** Nobody waits any longer. */
    Delivery.Failure late(boolean interrupted) {
        boolean stayed = bodyStayed();
        if (stayed && interrupted) {
            return new Delivery.NotSent("this thread was interrupted before the request left");
        }
        if (interrupted && !request.writes()) {
            return new Delivery.Unknown("this thread was interrupted while it waited for " + request.peer());
        }
        String reason = Obstacle.late(request, !stayed, status.get());
        return stayed ? new Delivery.NotSent(reason) : new Delivery.Unknown(reason);
    }

    /** The HTTP client gave up. */
    Delivery.Failure failed(Throwable cause) {
        boolean stayed = bodyStayed()
                || tls.neverStood()
                || (request.body().isEmpty() && status.get() == 0 && Obstacle.isBeforeSending(cause, request.writes()));
        return stayed
                ? new Delivery.NotSent(Obstacle.beforeSending(request, connectDeadline, cause, tls.neverStood()))
                : new Delivery.Unknown(Obstacle.afterSending(request, status.get()));
    }

    /** The JDK gives a proxy's 407 to CONNECT as if it were the answer; the tunnel was never dug. */
    Optional<Delivery.Failure> refusedByProxy(int statusCode) {
        return statusCode == 407 && bodyStayed()
                ? Optional.of(new Delivery.NotSent("the proxy wants a password (HTTP 407) for " + request.peer()
                        + "; give it one or go around it"))
                : Optional.empty();
    }
}
