package dev.roost.mcp.http;

import dev.roost.mcp.protocol.LegacySession;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** A session of HTTP clients: what the protocol knows of it, and its streams. Safe for many threads. */
final class HttpSession {
    /** Answers that nobody fetched are kept for so many requests. */
    private static final int MOST_ENDED = 32;

    /** Together, in bytes: answers may hold tokens and pictures, and lie here as they are. */
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private final LegacySession protocol;
    private final EventStream news;
    private final LongSupplier nanoTime;
    private final Map<String, EventStream> streams = new HashMap<>();
    private final Deque<EventStream> order = new ArrayDeque<>();
    private final AtomicInteger readers = new AtomicInteger();
    private int made;
    private volatile long used;

    HttpSession(LegacySession protocol, EventStream news, LongSupplier nanoTime) {
        this.protocol = protocol;
        this.news = news;
        this.nanoTime = nanoTime;
        streams.put(news.name(), news);
        touch();
    }

    LegacySession protocol() {
        return protocol;
    }

    /** Returns the stream of what belongs to no request. */
    EventStream news() {
        return news;
    }

    void touch() {
        used = nanoTime.getAsLong();
    }

    long used() {
        return used;
    }

    /** Tells whether somebody reads or waits. */
    boolean isBusy() {
        return readers.get() > 0 || protocol.isBusy();
    }

    /** Notes a reader; {@link #left} ends it. */
    void reading() {
        readers.incrementAndGet();
    }

    void left() {
        readers.decrementAndGet();
        touch();
    }

    synchronized EventStream stream() {
        EventStream stream = new EventStream("r" + ++made, nanoTime);
        streams.put(stream.name(), stream);
        order.addLast(stream);
        order.stream()
                .filter(EventStream::isEnded)
                .limit(Math.max(0, order.size() - MOST_ENDED))
                .toList()
                .forEach(this::drop);
        forget();
        return stream;
    }

    /** Drops answers that nobody came back for in time, and the oldest of those that are too much together. */
    synchronized void forget() {
        List<EventStream> newestFirst =
                order.reversed().stream().filter(EventStream::isEnded).toList();
        long bytes = 0;
        for (EventStream one : newestFirst) {
            bytes += one.bytes();
            if (one.isPast() || bytes > MOST_BYTES) {
                drop(one);
            }
        }
    }

    /** Drops a stream whose answer was delivered whole. */
    synchronized void drop(EventStream stream) {
        streams.remove(stream.name());
        order.remove(stream);
    }

    synchronized Optional<EventStream> stream(String name) {
        forget();
        return Optional.ofNullable(streams.get(name));
    }

    /** Ends the news, and the waiting for answers of the client; requests under way go on. */
    void stop() {
        protocol.nobodyAnswers();
        news.end(Optional.empty());
    }

    void close() {
        stop();
        protocol.close();
    }
}
