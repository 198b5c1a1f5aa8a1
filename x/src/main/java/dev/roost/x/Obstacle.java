package dev.roost.x;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Says in words why an exchange failed. What the far side wrote is never quoted, since it may echo a token; only what
 * the connection's own layers say from before the request left.
 */
final class Obstacle {
    private Obstacle() {}

    /**
     * Tells whether this failure is one of connecting. A failed handshake is only counted for requests that read: a TLS 1.3
     * server can refuse a client after the client's data has left, and {@link TlsWatch} knows better.
     */
    static boolean isBeforeSending(Throwable failure, boolean writes) {
        return failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || (failure instanceof SSLHandshakeException && !writes);
    }

    /**
     * Why the request did not leave.
     *
     * @param tlsBroke whether a handshake was begun and came to nothing; how its end shows is up to the sockets' timing
     */
    static String beforeSending(XRequest request, Duration connectDeadline, Throwable failure, boolean tlsBroke) {
        String peer = request.peer();
        return switch (failure) {
            case HttpConnectTimeoutException e ->
                "no connection to " + peer + " within " + seconds(connectDeadline)
                        + "; check the network, firewall or proxy";
            case ConnectException e
            when e.getCause() instanceof UnresolvedAddressException ->
                "no address found for " + request.uri().getHost() + "; check DNS and the apiUrl setting";
            case ConnectException e ->
                "could not connect to " + peer + said(e) + "; check the network, firewall or proxy";
            case RuntimeException e -> unprepared(e);
            case VirtualMachineError e -> unprepared(e);
            case Throwable e
            when tlsBroke || e instanceof SSLException ->
                "no TLS with " + peer + said(e)
                        + "; check the apiUrl setting, this machine's clock and its certificates";
            default ->
                "the way to " + peer + " was closed before the request left" + said(failure)
                        + "; check the network or proxy";
        };
    }

    /** Why nothing could be sent at all. Only what the system said is quoted: other failures may show what was given. */
    static String unprepared(Throwable failure) {
        boolean system = failure instanceof UncheckedIOException || failure instanceof VirtualMachineError;
        return "this process could not open a connection"
                + (system ? said(failure) : " (" + failure.getClass().getSimpleName() + ")")
                + "; check its memory and its limits on open files and threads";
    }

    /** Why no answer came, {@code status} being 0 when not even its first line did. */
    static String afterSending(XRequest request, int status) {
        return status == 0
                ? "the request to " + request.peer()
                        + " left, and the connection closed or brought something that is not HTTP"
                : "HTTP " + status + " began to arrive from " + request.peer() + ", and the connection broke off";
    }

    /** The deadline passed. */
    static String late(XRequest request, boolean left, int status) {
        String within = " within " + seconds(request.deadline());
        if (!left) {
            return "no connection to " + request.peer() + within + "; check the network, firewall or proxy";
        }
        return status == 0
                ? "the request to " + request.peer() + " left, and no answer came" + within
                : "HTTP " + status + " began to arrive from " + request.peer() + ", and did not end" + within;
    }

    private static String said(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? "" : " (" + Censor.shown(message) + ")";
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
