package dev.roost.mcp.http;

import dev.roost.mcp.protocol.Answer;
import dev.roost.mcp.protocol.JsonRpc;
import dev.roost.mcp.protocol.Outlet;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The messages of one stream, in order, kept for clients that come back for them. Safe for many threads.
 */
final class EventStream implements Outlet {
    private static final int MOST_KEPT = 1000;

    /** The client may have lost what was written to it last; it comes back in seconds. */
    private static final Duration KEPT_READ = Duration.ofSeconds(30);

    private static final Duration KEPT_UNREAD = Duration.ofMinutes(2);

    private final String name;
    private final LongSupplier nanoTime;
    private final Deque<Event> events = new ArrayDeque<>();
    private long last;
    private boolean ended;
    private long endedAt;
    private long bytes = -1;
    private Optional<Answer> answer = Optional.empty();
    private long reader;
    private long delivered;

    EventStream(String name, LongSupplier nanoTime) {
        this.name = name;
        this.nanoTime = nanoTime;
    }

    /** A message, and its place in the stream, from 1. */
    record Event(long place, JsonNode message) {
        /** Without the content: it may hold secrets. */
        @Override
        public String toString() {
            return "Event[place=" + place + "]";
        }
    }

    String name() {
        return name;
    }

    @Override
    public synchronized void send(ObjectNode message) {
        if (!ended) {
            add(message);
        }
    }

    /** Ends it, with an answer unless the request was cancelled. */
    synchronized void end(Optional<Answer> last) {
        if (!ended) {
            ended = true;
            endedAt = nanoTime.getAsLong();
            answer = last;
            last.ifPresent(known -> add(known.message()));
            notifyAll();
        }
    }

    private void add(JsonNode message) {
        last++;
        events.addLast(new Event(last, message));
        if (events.size() > MOST_KEPT) {
            events.removeFirst();
        }
        notifyAll();
    }

    /** Becomes its only reader; who read before gets no more. */
    synchronized long attach() {
        reader++;
        notifyAll();
        return reader;
    }

    /** Notes that the message of this place is being sent; false if another reader has taken over, which sends it itself. */
    synchronized boolean claim(long place, long asReader) {
        if (asReader != reader) {
            return false;
        }
        delivered = Math.max(delivered, place);
        return true;
    }

    /** Notes that a claimed message could not be sent: the next reader gets it. */
    synchronized void failed(long place, long asReader) {
        if (asReader == reader && delivered == place) {
            delivered = place - 1;
        }
    }

    /** Returns up to where messages were sent. */
    synchronized long delivered() {
        return delivered;
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /** Tells whether it ended so long ago that nobody comes back for it. */
    synchronized boolean isPast() {
        Duration kept = delivered >= last ? KEPT_READ : KEPT_UNREAD;
        return ended && nanoTime.getAsLong() - endedAt > kept.toNanos();
    }

    /** Returns how long its messages are together, in bytes; for a stream that has ended. */
    synchronized long bytes() {
        if (bytes < 0) {
            bytes = events.stream()
                    .mapToLong(event -> JsonRpc.bytes(event.message()).length)
                    .sum();
        }
        return bytes;
    }

    /** Returns the answer if it is all that there is; empty if something came before it, or it is not there yet. */
    synchronized Optional<Answer> onlyAnswer() {
        return last == 1 ? answer : Optional.empty();
    }

    /** Waits until there is something, or until the end, or this long. */
    synchronized void awaitFirst(Duration time) throws InterruptedException {
        long until = nanoTime.getAsLong() + time.toNanos();
        while (last == 0 && !ended && left(until) > 0) {
            wait(millis(left(until)));
        }
    }

    /** Waits until the end. */
    synchronized Optional<Answer> awaitEnd() throws InterruptedException {
        while (!ended) {
            wait();
        }
        return answer;
    }

    /** What a reader gets next. */
    sealed interface Next {
        /** Messages. */
        record Some(List<Event> events) implements Next {}

        /** None for a while. */
        record Quiet() implements Next {}

        /** No more, ever, for this reader. */
        record End() implements Next {}
    }

    /** Waits for what comes after this place, this long. */
    synchronized Next after(long place, long asReader, Duration time) throws InterruptedException {
        long until = nanoTime.getAsLong() + time.toNanos();
        while (true) {
            if (asReader != reader) {
                return new Next.End();
            }
            if (last > place) {
                return new Next.Some(
                        events.stream().filter(event -> event.place() > place).toList());
            }
            if (ended) {
                return new Next.End();
            }
            if (left(until) <= 0) {
                return new Next.Quiet();
            }
            wait(millis(left(until)));
        }
    }

    private long left(long until) {
        return until - nanoTime.getAsLong();
    }

    private static long millis(long nanos) {
        return Math.max(1, nanos / 1_000_000);
    }
}
