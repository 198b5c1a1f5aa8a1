package dev.roost.server.http;

import java.time.Duration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers what never comes to the gate: requests that are not HTTP as it should be, and those to a server that stops. */
public final class Refusals implements Request.Handler {
    private static final Duration RESTART = Duration.ofSeconds(5);

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() < 400 ? 500 : response.getStatus();
        Entrance.send(Reply.problem(problem(status)), response, callback);
        return true;
    }

    private static Problem problem(int status) {
        return status == 503
                ? Problem.passing(503, "stopping", "this Roost is stopping; ask again in a moment", RESTART)
                : Problem.lasting(status, "refused", "this request cannot be answered (HTTP " + status + ")");
    }
}
