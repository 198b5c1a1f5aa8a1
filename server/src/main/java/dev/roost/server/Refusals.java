package dev.roost.server;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers requests that are not even HTTP as it should be: one line of JSON, nothing of what was sent. */
final class Refusals implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() < 400 ? 500 : response.getStatus();
        Entrance.send(
                Reply.error(status, "refused", "this request cannot be answered (HTTP " + status + ")"),
                response,
                callback);
        return true;
    }
}
