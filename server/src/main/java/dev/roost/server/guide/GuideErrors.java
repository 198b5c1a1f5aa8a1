package dev.roost.server.guide;

import dev.roost.server.guide.tools.ToolResult.Failure;
import dev.roost.server.http.Call;
import dev.roost.server.http.ErrorForm;
import dev.roost.server.http.Problem;
import dev.roost.server.http.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Errors in the envelope that the guide's readers know. {@code error} and {@code message} hold the same text: the original
 * wrote it to the first, the guide shows it in the second (and a bare status line in the first, which no version ever
 * sent), so that a reader of either finds it.
 */
final class GuideErrors implements ErrorForm {
    /** The header with which a caller chooses: {@code truthful}, or {@code legacy} for 400 whatever happened. */
    static final String STATUS = "Roost-Status";

    private final boolean truthful;

    /** @param truthful whether tools answer with the status that fits, unless the caller says otherwise */
    GuideErrors(boolean truthful) {
        this.truthful = truthful;
    }

    /** The gate's problems keep their status: the original had no gate, so nobody expects anything else. */
    @Override
    public Reply reply(Problem problem, Call call) {
        return reply(problem.status(), problem, false, call);
    }

    /** Tells that a tool failed. */
    Reply failed(Failure failure, Call call) {
        Problem problem = new Problem(
                failure.status(),
                failure.code(),
                failure.message(),
                failure.retryable(),
                failure.retryAfter(),
                Optional.empty(),
                failure.upstream().map(said -> new Problem.Upstream(said.status(), said.error(), said.description())),
                Optional.empty());
        return reply(isTruthful(call) ? failure.status() : 400, problem, failure.reauthRequired(), call);
    }

    private boolean isTruthful(Call call) {
        return switch (call.header(STATUS).orElse("").strip()) {
            case "truthful" -> true;
            case "legacy" -> false;
            default -> truthful;
        };
    }

    private static Reply reply(int status, Problem problem, boolean reauthRequired, Call call) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("success", false);
        body.put("error", problem.detail());
        body.put("message", problem.detail());
        body.put("code", problem.code());
        body.put("retryable", problem.retryable());
        problem.retryAfterSeconds().ifPresent(seconds -> body.put("retryAfter", seconds));
        body.put("reauthRequired", reauthRequired);
        problem.upstream().ifPresent(said -> body.put("upstream", Problem.upstream(said)));
        body.put("requestId", call.id());
        return Reply.json(status, body).because(problem);
    }
}
