package dev.roost.mcp.stdio;

import dev.roost.mcp.protocol.Ticket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** The requests that are being worked on. Safe for many threads. */
final class UnderWay {
    private static final int MOST = 1024;

    private final Semaphore places = new Semaphore(MOST);
    private final Set<Ticket> all = ConcurrentHashMap.newKeySet();
    private final Map<JsonNode, Ticket> modern = new ConcurrentHashMap<>();

    /** Waits for a place: who sends faster than can be worked is not read for a while. */
    void begin(Ticket ticket) throws InterruptedException {
        places.acquire();
        all.add(ticket);
    }

    /** Notes the name by which a modern client may cancel it; false if another has it. */
    boolean name(JsonNode id, Ticket ticket) {
        return modern.putIfAbsent(id, ticket) == null;
    }

    /** Frees the name: who has the answer may use it again at once. */
    void unname(JsonNode id, Ticket ticket) {
        modern.remove(id, ticket);
    }

    /** Frees the place. */
    void end(Ticket ticket) {
        if (all.remove(ticket)) {
            places.release();
        }
    }

    void cancel(JsonNode id) {
        Ticket ticket = modern.get(id);
        if (ticket != null) {
            ticket.cancel();
        }
    }

    /** Waits until all are done; after this time they are cancelled, and waited for once more. */
    void finish(long seconds) throws InterruptedException {
        if (!places.tryAcquire(MOST, seconds, TimeUnit.SECONDS)) {
            all.forEach(Ticket::cancel);
            if (!places.tryAcquire(MOST, seconds, TimeUnit.SECONDS)) {
                return;
            }
        }
        places.release(MOST);
    }
}
