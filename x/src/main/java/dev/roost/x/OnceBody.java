package dev.roost.x;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request body that is handed out once, or never, and knows which. The HTTP client asks for it when the connection
 * stands; so a body that was withdrawn is proof that the tokens in it stayed here, and a body that was
 * handed out cannot go out again whatever the HTTP client thinks of repeating requests. Safe for several threads.
 */
final class OnceBody implements BodyPublisher {
    private final BodyPublisher bytes;
    private final AtomicReference<State> state = new AtomicReference<>(State.HERE);

    OnceBody(Body body) {
        bytes = body.publisher();
    }

    /** Keeps the body here for good. Returns false when it is too late, because it was handed out before. */
    boolean withdraw() {
        return state.updateAndGet(now -> now == State.HERE ? State.WITHDRAWN : now) == State.WITHDRAWN;
    }

    @Override
    public long contentLength() {
        return bytes.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        if (state.compareAndSet(State.HERE, State.HANDED_OUT)) {
            bytes.subscribe(subscriber);
        } else {
            subscriber.onSubscribe(new Nothing());
            subscriber.onError(new IOException("the body was handed out or withdrawn before"));
        }
    }

    private enum State {
        HERE,
        HANDED_OUT,
        WITHDRAWN
    }

    /** The subscription that a subscriber must be given before its error (Flow rule 1.9 of Reactive Streams). */
    private static final class Nothing implements Subscription {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }
}
