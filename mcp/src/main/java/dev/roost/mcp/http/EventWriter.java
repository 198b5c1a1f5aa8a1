package dev.roost.mcp.http;

import dev.roost.mcp.http.HttpReply.Sink;
import java.io.IOException;
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
        long place = from;
        Duration quiet = Duration.ZERO;
        try {
            while (true) {
                switch (stream.after(place, reader, heartbeat)) {
                    case EventStream.Next.Some some -> {
                        for (EventStream.Event event : some.events()) {
                            sink.send(text(event, places));
                            place = event.place();
                            stream.delivered(place);
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

    private String text(EventStream.Event event, boolean places) {
        String id = places ? "id: " + stream.name() + "-" + event.place() + "\n" : "";
        return id + "event: message\ndata: " + event.message() + "\n\n";
    }
}
