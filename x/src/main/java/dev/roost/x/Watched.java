package dev.roost.x;

import java.net.URI;
import java.time.Duration;

/** Tells a watch of requests. What is known beforehand is worked out beforehand, since an answer of X must not wait. */
final class Watched {
    private static final System.Logger LOG = System.getLogger(Watched.class.getName());

    private final XWatch watch;
    private final int prefix;

    /** @param apiUrl what all paths are appended to */
    Watched(XWatch watch, URI apiUrl) {
        this.watch = watch;
        this.prefix = apiUrl.getRawPath().length();
    }

    /** Notes that a request begins. */
    Call begin(XRequest request) {
        String path = request.uri().getRawPath();
        String route = path.length() < prefix ? XRoutes.OTHER : XRoutes.name(request.method(), path.substring(prefix));
        return new Call(watch, route, System.nanoTime());
    }

    /** A request that was begun. */
    record Call(XWatch watch, String route, long startNanos) {
        void ended(Delivery delivery) {
            tell(
                    switch (delivery) {
                        case Delivery.Answered answer -> Integer.toString(answer.status());
                        case Delivery.NotSent failed -> XWatch.NOT_SENT;
                        case Delivery.Unknown failed -> XWatch.UNKNOWN;
                    });
        }

        void ended(XStreamReply reply) {
            tell(
                    switch (reply) {
                        case XStreamReply.Answered answer -> Integer.toString(answer.status());
                        case XStreamReply.NotSent failed -> XWatch.NOT_SENT;
                        case XStreamReply.Held held -> XWatch.NOT_SENT;
                        case XStreamReply.Unknown failed -> XWatch.UNKNOWN;
                    });
        }

        /** Whatever is wrong with the watch, X's answer goes on. */
        private void tell(String status) {
            try {
                watch.asked(route, status, Duration.ofNanos(System.nanoTime() - startNanos));
            } catch (RuntimeException | Error e) {
                complain(e);
            }
        }

        private static void complain(Throwable failure) {
            try {
                LOG.log(System.Logger.Level.DEBUG, "the watch of requests to X failed", failure);
            } catch (RuntimeException | Error ignored) {
                // The log itself may be what is broken, and the answer goes on without it.
            }
        }
    }
}
