package dev.roost.mcp.http;

import dev.roost.mcp.http.HttpReply.Sink;
import dev.roost.mcp.protocol.JsonRpc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Writes a stream to a client as server-sent events. Used by one thread.
 *
 * @param stream what to write
 * @param heartbeat how often a quiet stream gets a comment
 * @param pollAfter when to send a quiet client away, to come back for the rest; empty for never
 */
record EventWriter(EventStream stream, Duration heartbeat, Optional<Duration> pollAfter) {
    private static final int COME_BACK_AFTER_MS = 500;
    private static final long REST = -1;

    /** How the writing ended. */
    enum Ending {
        /** All was written that there is, or another reader has taken over. */
        WRITTEN,
        /** The client is gone. */
        GONE
    }

    /** Writes without places; such a stream cannot be taken up again. */
    Ending write(Sink sink) throws InterruptedException {
        return write(sink, 0, false);
    }

    /** Writes what no reader before got, each event with its place. */
    Ending writeRest(Sink sink) throws InterruptedException {
        return write(sink, REST, true);
    }

    /** Writes what comes after this place, each event with its place. */
    Ending writeFrom(long place, Sink sink) throws InterruptedException {
        return write(sink, place, true);
    }

    /** Tells the client at once where it is, so that it can come back even if nothing else reached it. */
    Ending writeWithStart(Sink sink) throws InterruptedException {
        try {
            sink.send("id: " + stream.name() + "-0\ndata:\n\n");
        } catch (IOException e) {
            return Ending.GONE;
        }
        return write(sink, 0, true);
    }

    private Ending write(Sink sink, long from, boolean places) throws InterruptedException {
        long reader = stream.attach();
        long place = from == REST ? stream.delivered() : from;
        Duration quiet = Duration.ZERO;
        try {
            while (true) {
                switch (stream.after(place, reader, heartbeat)) {
                    case EventStream.Next.Some some -> {
                        for (EventStream.Event event : some.events()) {
                            if (!send(event, reader, places, sink)) {
                                return Ending.WRITTEN;
                            }
                            place = event.place();
                        }
                        quiet = Duration.ZERO;
                    }
                    case EventStream.Next.Quiet none -> {
                        quiet = quiet.plus(heartbeat);
                        if (places && pollAfter.isPresent() && quiet.compareTo(pollAfter.get()) >= 0) {
                            sink.send("retry: " + COME_BACK_AFTER_MS + "\n\n");
                            return Ending.WRITTEN;
                        }
                        sink.send(":\n\n");
                    }
                    case EventStream.Next.End end -> {
                        return Ending.WRITTEN;
                    }
                }
            }
        } catch (IOException e) {
            return Ending.GONE;
        }
    }

    private boolean send(EventStream.Event event, long reader, boolean places, Sink sink) throws IOException {
        if (!stream.claim(event.place(), reader)) {
            return false;
        }
        try {
            sink.send(text(event, places));
            return true;
        } catch (IOException e) {
            stream.failed(event.place(), reader);
            throw e;
        }
    }

    private String text(EventStream.Event event, boolean places) {
        String id = places ? "id: " + stream.name() + "-" + event.place() + "\n" : "";
        return id + "event: message\ndata: " + new String(JsonRpc.bytes(event.message()), StandardCharsets.UTF_8)
                + "\n\n";
    }
}
