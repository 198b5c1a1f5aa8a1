package dev.roost.mcp.http;

import java.time.Duration;
import java.util.Optional;

/**
 * How long and how many.
 *
 * @param grace an answer that comes within this time is plain JSON; a later one is streamed
 * @param heartbeat how often a quiet stream gets a comment, by which a client that is gone is noticed
 * @param pollAfter a stream of a session that was quiet for this long is closed, and the client comes back for the rest; empty
 *     for never
 * @param sessions at most, in all
 * @param sessionsOfOne at most, of one caller; its least recently used makes room
 * @param idle after this time unused, a session ends
 */
public record HttpLimits(
        Duration grace,
        Duration heartbeat,
        Optional<Duration> pollAfter,
        int sessions,
        int sessionsOfOne,
        Duration idle) {
    /** What suits most. */
    public static final HttpLimits USUAL = new HttpLimits(
            Duration.ofMillis(500), Duration.ofSeconds(2), Optional.empty(), 10_000, 200, Duration.ofMinutes(30));
}
