package dev.roost.server.operations;

import dev.roost.server.http.Reply;
import dev.roost.x.RateLimits;

/** Answers of HTTP about what X did. */
final class Replies {
    private Replies() {}

    /** A JSON document, and in headers of X's own names what may still be called. */
    static Reply json(int status, Object document, RateLimits limits) {
        Reply reply = Reply.json(status, document);
        for (RateLimits.Window window : limits.windows()) {
            if (window.span() == RateLimits.Span.QUARTER_HOUR) {
                reply = reply.with("x-rate-limit-limit", Long.toString(window.limit()))
                        .with("x-rate-limit-remaining", Long.toString(window.remaining()))
                        .with(
                                "x-rate-limit-reset",
                                Long.toString(window.resetAt().getEpochSecond()));
            }
        }
        return reply;
    }
}
