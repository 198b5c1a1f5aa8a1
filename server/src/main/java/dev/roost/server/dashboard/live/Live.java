package dev.roost.server.dashboard.live;

import dev.roost.core.StoreUnavailableException;
import dev.roost.core.journal.EventLog;
import dev.roost.mcp.catalog.Changes;
import dev.roost.server.dashboard.frame.PageErrors;
import dev.roost.server.dashboard.frame.SignIn;
import dev.roost.server.http.Call;
import dev.roost.server.http.Reply;
import dev.roost.server.http.Route;
import dev.roost.server.http.Visit;
import dev.roost.server.telemetry.Standing;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells open pages that something changed ({@code GET /dashboard/live}, server-sent events). It tells nothing of what changed:
 * pages fetch what they show again, through the same gate as before. A stream ends with its session, with the session's key, and
 * with the server.
 *
 * <ul>
 *   <li>{@code hello}: the stream begins; what happened before it is not told
 *   <li>{@code change}: something happened
 *   <li>{@code beat}: nothing happened for some seconds, and all is as it should be
 *   <li>{@code over}: the session is over, its data says so; do not come back
 * </ul>
 */
public final class Live {
    private static final Duration BEAT = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MOST = 500;
    private static final int MOST_OF_ONE = 50;

    private final News news;
    private final Map<String, Integer> streams = new ConcurrentHashMap<>();

    /**
     * Tells of what happens there.
     *
     * @param standing is read again before pages are told
     * @param changes tells what this process did
     */
    public Live(EventLog log, Standing standing, Changes changes) {
        this.news = new News(log, standing, changes);
    }

    /** Returns the route. */
    public List<Route> routes(PageErrors errors) {
        return List.of(Route.browser("GET", "/dashboard/live", "dashboard.live", SignIn.READERS, errors, this::answer));
    }

    /** Ends all streams, and begins none any more. */
    public void stop() {
        news.stop();
    }

    private Reply answer(Call call) {
        Visit visit = call.visit().orElseThrow(() -> new IllegalStateException("only browsers watch"));
        if (call.method().equals("HEAD")) {
            return Reply.empty(200);
        }
        String key = call.caller().name();
        Reply reply = Reply.live(200, "text/event-stream", pieces -> {
            if (!enter(key)) {
                // Nobody is told by a status, for the page would ask again and again.
                send(pieces, "over", "Too many pages are open with this key. Close some, and reload this one.");
                return;
            }
            try {
                tell(pieces, visit);
            } finally {
                leave(key);
            }
        });
        return reply.with("X-Accel-Buffering", "no");
    }

    private void tell(Reply.Pieces pieces, Visit visit) throws IOException, InterruptedException {
        long seen = news.primed(PATIENCE);
        pieces.send("retry: 2000\n\n");
        send(pieces, "hello", "1");
        long checked = System.nanoTime();
        while (!news.isStopped()) {
            long now = news.await(seen, BEAT);
            if (System.nanoTime() - checked >= BEAT.toNanos()) {
                checked = System.nanoTime();
                if (!lasts(visit)) {
                    send(pieces, "over", "The session is over; sign in again.");
                    return;
                }
            }
            send(pieces, now == seen ? "beat" : "change", "1");
            seen = now;
        }
    }

    /** A store that is away ends nobody's session. */
    private static boolean lasts(Visit visit) {
        try {
            return visit.lasts().getAsBoolean();
        } catch (StoreUnavailableException e) {
            return true;
        }
    }

    private static void send(Reply.Pieces pieces, String event, String data) throws IOException {
        pieces.send("event: " + event + "\ndata: " + data + "\n\n");
    }

    private boolean enter(String key) {
        int own = streams.merge(key, 1, Integer::sum);
        if (own <= MOST_OF_ONE && news.enter(MOST)) {
            return true;
        }
        streams.merge(key, -1, Integer::sum);
        return false;
    }

    private void leave(String key) {
        news.leave();
        streams.computeIfPresent(key, (id, count) -> count <= 1 ? null : count - 1);
    }
}
