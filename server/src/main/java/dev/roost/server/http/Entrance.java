package dev.roost.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.MDC;

/** Leads every request to the gate, and its answer back. Each has a name of its own, the header {@code X-Request-Id}. */
public final class Entrance extends Handler.Abstract {
    /** The header that names a request, and the key of that name in logs. */
    public static final String REQUEST_ID = "X-Request-Id";

    private static final System.Logger LOG = System.getLogger(Entrance.class.getName());

    private static final HttpField NO_STORE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
    private static final HttpField NO_SNIFFING = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
    private static final HttpField NO_REFERRER = new PreEncodedHttpField("Referrer-Policy", "no-referrer");

    private static final long LEFTOVERS_BYTES = 8L * 1024 * 1024;
    private static final long LEFTOVERS_NANOS = 5_000_000_000L;

    private final Gate gate;
    private final Executor waiting;
    private final RequestWatch watch;
    private final LongSupplier nanoTime;
    private final AtomicLong serial;

    /**
     * Opens onto these routes.
     *
     * @param waiting runs what may wait: a virtual thread for each
     */
    public Entrance(Address address, List<Route> routes, Guards guards, Remedy remedy, Executor waiting) {
        super(InvocationType.NON_BLOCKING);
        this.waiting = waiting;
        this.gate = new Gate(address, routes, guards, remedy);
        this.watch = guards.watch();
        this.nanoTime = guards.nanoTime();
        this.serial = new AtomicLong(guards.random().nextLong());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        // While an endpoint waits for X, the client has nothing to say; that is no reason to give its body up. One that
        // is waited for is given up all the same, by the read that waits.
        request.addIdleTimeoutListener(timeout -> false);
        long start = nanoTime.getAsLong();
        String id = name(request);
        response.getHeaders().put(REQUEST_ID, id);
        Gate.Begun begun;
        try (var _ = MDC.putCloseable("requestId", id)) {
            begun = gate.begin(request, id);
            if (begun.atOnce().isPresent()) {
                try (RequestWatch.Course course = course(request)) {
                    send(begun.atOnce().get(), course, start, request, response, callback);
                }
                return true;
            }
        }
        waiting.execute(() -> finish(begun, id, start, request, response, callback));
        return true;
    }

    private void finish(
            Gate.Begun begun, String id, long start, Request request, Response response, Callback callback) {
        try (var _ = MDC.putCloseable("requestId", id);
                RequestWatch.Course course = course(request)) {
            send(begun.finish(), course, start, request, response, callback);
        } catch (RuntimeException | Error e) {
            Response.writeError(request, response, callback, e);
        }
    }

    private RequestWatch.Course course(Request request) {
        return watch.begins(
                request.getMethod(), Optional.ofNullable(request.getHeaders().get("traceparent")));
    }

    private void send(
            Gate.Answered answered,
            RequestWatch.Course course,
            long start,
            Request request,
            Response response,
            Callback callback) {
        int status = answered.reply().status();
        course.answered(answered.operation(), status);
        watch.answered(answered.operation(), status, Duration.ofNanos(nanoTime.getAsLong() - start));
        send(answered.reply(), response, afterwards(request, callback));
    }

    private Callback afterwards(Request request, Callback callback) {
        return Callback.from(() -> afterAnswer(request, callback), callback::failed);
    }

    /**
     * Reads on after an answer that came before the end of the body: closing over bytes that nobody read resets the
     * connection, and the client would never see the answer (RFC 9112 section 9.6). A client that waits to be asked for its
     * body ({@code Expect}) has sent none. No thread waits meanwhile, and none that reads requests is kept.
     */
    private void afterAnswer(Request request, Callback callback) {
        Content.Chunk first = request.getHeaders().contains(HttpHeader.EXPECT) ? Content.Chunk.EOF : request.read();
        boolean isOver = first != null && (first.isLast() || Content.Chunk.isFailure(first));
        long size = first == null ? 0 : first.remaining();
        if (first != null) {
            first.release();
        }
        if (isOver) {
            callback.succeeded();
            return;
        }
        long end = nanoTime.getAsLong() + LEFTOVERS_NANOS;
        later(() -> leftovers(request, LEFTOVERS_BYTES - size, end, callback), callback);
    }

    private void later(Runnable work, Callback callback) {
        try {
            waiting.execute(work);
        } catch (RejectedExecutionException stopping) {
            callback.succeeded();
        }
    }

    private void leftovers(Request request, long room, long end, Callback callback) {
        long left = room;
        while (left > 0 && nanoTime.getAsLong() < end) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                long rest = left;
                request.demand(() -> later(() -> leftovers(request, rest, end, callback), callback));
                return;
            }
            left -= chunk.remaining();
            boolean isOver = chunk.isLast() || Content.Chunk.isFailure(chunk);
            chunk.release();
            if (isOver) {
                break;
            }
        }
        callback.succeeded();
    }

    /** A name that the client gave, if it looks like one; else a new one. */
    private String name(Request request) {
        String given = request.getHeaders().get(REQUEST_ID);
        if (given != null && given.matches("[A-Za-z0-9._-]{1,64}")) {
            return given;
        }
        return HexFormat.of().toHexDigits(scattered(serial.getAndIncrement()));
    }

    /** The finalizer of SplitMix64: a different number for each, far from its neighbours'. Names are no secrets. */
    private static long scattered(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /** Writes a reply with the headers that all of them have, unless it has its own of that name. */
    static void send(Reply reply, Response response, Callback callback) {
        response.setStatus(reply.status());
        response.getHeaders().put(NO_STORE).put(NO_SNIFFING).put(NO_REFERRER);
        reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        switch (reply.body()) {
            case Reply.Body.Text text -> {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, text.type());
                Content.Sink.write(response, true, text.content(), callback);
            }
            case Reply.Body.Live live -> {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, live.type());
                write(live.writer(), response, callback);
            }
            case Reply.Body.Stream stream -> pass(stream.content(), response, callback);
            case Reply.Body.None none -> callback.succeeded();
        }
    }

    private static void write(Reply.Writer writer, Response response, Callback callback) {
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            writer.write(piece -> {
                out.write(piece.getBytes(StandardCharsets.UTF_8));
                out.flush();
            });
        } catch (IOException e) {
            callback.failed(e);
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            callback.failed(e);
            return;
        }
        callback.succeeded();
    }

    /** A body that breaks off breaks the connection too, so that nobody takes it for whole. */
    private static void pass(InputStream content, Response response, Callback callback) {
        try (content) {
            OutputStream out = Content.Sink.asOutputStream(response);
            content.transferTo(out);
            out.close();
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "a body broke off on its way: {0}",
                    e.getClass().getSimpleName());
            callback.failed(e);
            return;
        }
        callback.succeeded();
    }
}
