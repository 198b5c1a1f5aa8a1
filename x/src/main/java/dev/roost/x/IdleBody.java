package dev.roost.x;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A response body that is read while it comes in, a piece at a time, so that little of it is in memory, and that fails when
 * nothing comes for too long. The HTTP client brings the pieces, one thread reads them, any thread may close.
 */
final class IdleBody implements BodySubscriber<IdleBody> {
    private final Duration longestSilence;
    private final Runnable whenOver;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Subscription> source = new AtomicReference<>();
    private final AtomicBoolean over = new AtomicBoolean();

    /** @param whenOver run once, when all was read or nobody wants more */
    IdleBody(Duration longestSilence, Runnable whenOver) {
        this.longestSilence = longestSilence;
        this.whenOver = whenOver;
    }

    /** Returns what reads the body; called once. */
    InputStream stream() {
        return new Reader();
    }

    @Override
    public CompletionStage<IdleBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Subscription given) {
        source.set(given);
        if (over.get()) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        pieces.add(new Piece.Bytes(buffers));
    }

    @Override
    public void onError(Throwable cause) {
        pieces.add(new Piece.Broken());
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece.End());
    }

    /** Asks for no more. */
    void close() {
        if (over.compareAndSet(false, true)) {
            Subscription given = source.get();
            if (given != null) {
                given.cancel();
            }
            pieces.add(new Piece.Closed());
            whenOver.run();
        }
    }

    private void more() {
        Subscription given = source.get();
        if (given != null) {
            given.request(1);
        }
    }

    /** What the HTTP client brings. */
    private sealed interface Piece {
        record Bytes(List<ByteBuffer> buffers) implements Piece {}

        record End() implements Piece {}

        record Broken() implements Piece {}

        record Closed() implements Piece {}
    }

    /** Extends what the JDK leaves no other way to provide. */
    private final class Reader extends InputStream {
        private final ArrayDeque<ByteBuffer> here = new ArrayDeque<>();
        private boolean ended;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (!ended) {
                ByteBuffer next = here.peek();
                if (next == null) {
                    take();
                } else if (next.hasRemaining()) {
                    int count = Math.min(length, next.remaining());
                    next.get(into, from, count);
                    return count;
                } else {
                    here.remove();
                    if (here.isEmpty()) {
                        more();
                    }
                }
            }
            return -1;
        }

        @Override
        public int available() {
            ByteBuffer next = here.peek();
            return next == null ? 0 : next.remaining();
        }

        @Override
        public void close() {
            IdleBody.this.close();
        }

        private void take() throws IOException {
            switch (next()) {
                case Piece.Bytes bytes -> hold(bytes.buffers());
                case Piece.End end -> {
                    ended = true;
                    IdleBody.this.close();
                }
                case Piece.Broken broken -> throw failed("X's answer broke off");
                case Piece.Closed closed -> throw failed("the answer was closed");
            }
        }

        private void hold(List<ByteBuffer> buffers) {
            here.addAll(buffers);
            if (here.isEmpty()) {
                more();
            }
        }

        private Piece next() throws IOException {
            try {
                Piece piece = pieces.poll(longestSilence.toNanos(), TimeUnit.NANOSECONDS);
                if (piece == null) {
                    throw failed("X sent nothing for " + longestSilence.toMillis() + " ms in the middle of an answer");
                }
                return piece;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                IdleBody.this.close();
                throw new InterruptedIOException("this thread was interrupted while it read X's answer");
            }
        }

        /** Every later read fails too. */
        private IOException failed(String reason) {
            IdleBody.this.close();
            pieces.add(new Piece.Broken());
            return new IOException(reason);
        }
    }
}
