package dev.roost.simulator;

import dev.roost.simulator.FaultQueue.Strike;
import java.time.Duration;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** What a faulty X answers: instead of acting, or in place of the true answer. */
final class FaultyAnswers {

    private static final String BLOCK_PAGE = """
            <!DOCTYPE html>
            <html lang="en-US"><head><title>Attention Required! | Cloudflare</title></head>
            <body><h1>Sorry, you have been blocked</h1><h2>You are unable to access api.x.com</h2>
            <p>Cloudflare Ray ID: 8f0000000000abcd</p></body></html>
            """;

    private final SimulatedClock clock;

    FaultyAnswers(SimulatedClock clock) {
        this.clock = clock;
    }

    /** The answer to a request that X does not act on. */
    Answer instead(Strike strike) {
        return switch (strike.kind()) {
            case HTML_403 -> Answer.html(403, BLOCK_PAGE).with("Server", "cloudflare");
            case STATUS_401 -> Problems.unauthorized();
            case STATUS_402 -> Problems.creditsDepleted();
            case STATUS_429 -> tooMany(strike.time());
            case STATUS_503 -> Problems.unavailable();
            default -> Answer.empty(500);
        };
    }

    /** What is left of the true answer; refusals keep their shape. */
    Answer shape(Answer answer, FaultKind kind) {
        if (kind == FaultKind.STATUS_503_AFTER) {
            return Problems.unavailable();
        }
        // A post is answered with 201.
        if (answer.status() / 100 != 2) {
            return answer;
        }
        return switch (kind) {
            case UNREADABLE_200 -> Answer.html(200, "<html><body>Over capacity</body></html>");
            case TOKENLESS_200 ->
                edit(answer, body -> body.remove("access_token"), body -> body.remove("refresh_token"));
            case NO_EXPIRES_IN -> edit(answer, body -> body.remove("expires_in"));
            case STRING_EXPIRES_IN ->
                edit(
                        answer,
                        body -> body.put("expires_in", body.path("expires_in").asString("")));
            default -> answer;
        };
    }

    @SafeVarargs
    private static Answer edit(Answer answer, Consumer<ObjectNode>... changes) {
        ObjectNode body = Json.readObject(answer.body());
        for (Consumer<ObjectNode> change : changes) {
            change.accept(body);
        }
        return answer.withBody(Json.write(body));
    }

    private Answer tooMany(Duration retryAfter) {
        Duration wait = retryAfter.isZero() ? RateLimits.QUARTER_HOUR : retryAfter;
        Answer answer = new RateLimits.Quota(100, 0, clock.now().plus(wait)).on(Problems.tooMany(), "x-rate-limit");
        return retryAfter.isZero() ? answer : answer.with("Retry-After", Long.toString(retryAfter.toSeconds()));
    }
}
