package dev.roost.server.guide.tools;

import dev.roost.core.XAnswer;
import dev.roost.server.guide.tools.Denial.Phrasing;
import dev.roost.server.guide.tools.ToolResult.Failure;
import dev.roost.x.XProblem;
import dev.roost.x.XReply;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Makes data calls for tools and says what came of them. A caller's token is used as it is: no reply makes Roost refresh
 * it, for its refresh token is the caller's. Safe for many threads.
 */
final class Errands {
    private final ToolLog log;
    private final InstantSource clock;

    Errands(ToolLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /**
     * A kind of call.
     *
     * @param endpoint for the log
     * @param repeatable whether doing it twice is as good as once
     * @param phrasing of failures
     */
    record Errand(String endpoint, boolean repeatable, Phrasing phrasing) {
        static Errand of(String endpoint, String literal) {
            return new Errand(endpoint, true, Phrasing.general(literal));
        }

        /** The same, but doing it twice would be once too often. */
        Errand once() {
            return new Errand(endpoint, false, phrasing);
        }
    }

    /** Makes the call, and shapes what X did. */
    <T> ToolResult run(Errand errand, Supplier<XReply<T>> call, Function<T, JsonNode> shape) {
        long start = log.now();
        XReply<T> reply = call.get();
        ToolResult result =
                switch (reply) {
                    case XReply.Ok<T> ok -> new ToolResult.Success(shape.apply(ok.value()));
                    case XReply.Unauthorized<T> no -> refused(errand, no.problem(), 401, "access_token_rejected");
                    case XReply.Refused<T> no -> refused(errand, no.problem());
                    case XReply.RateLimited<T> later ->
                        retryable(refused(errand, later.problem(), 429, code(later.problem())))
                                .after(RefreshTool.wait(clock, later.retryAt()));
                    case XReply.NotSent<T> none ->
                        Failure.passing(
                                errand.phrasing().of(new Denial(0, "", "X was not reached: " + none.reason())),
                                "x_unreachable",
                                503);
                    case XReply.Unknown<T> unknown -> unknown(errand, unknown.reason());
                };
        report(errand, result, start);
        return result;
    }

    private static Failure refused(Errand errand, XProblem problem) {
        int fitting = problem.status() == 0 ? 400 : Words.fitting(problem.status());
        int status = problem.kind() == XProblem.Kind.DUPLICATE_CONTENT ? 409 : fitting;
        Failure failure = refused(errand, problem, status, code(problem));
        return problem.kind() == XProblem.Kind.BLOCKED ? retryable(failure) : failure;
    }

    private static Failure refused(Errand errand, XProblem problem, int status, String code) {
        Failure failure = Failure.lasting(errand.phrasing().of(Denial.of(problem)), code, status);
        return problem.status() == 0
                ? failure
                : failure.with(new XAnswer(problem.status(), problem.title(), problem.detail()));
    }

    private static Failure unknown(Errand errand, String reason) {
        String advice = errand.repeatable()
                ? "Whether X did it is not known; doing it again is safe"
                : "X may have done it: look at the account's posts before calling again";
        Optional<XAnswer> said = Words.upstream(reason);
        String message = errand.phrasing().of(new Denial(0, "", Words.sentences(reason, advice)));
        int status = said.isPresent() ? 502 : 504;
        Failure failure = errand.repeatable()
                ? Failure.passing(message, "outcome_unknown", status)
                : Failure.lasting(message, "outcome_unknown", status);
        return said.map(failure::with).orElse(failure);
    }

    private static Failure retryable(Failure failure) {
        return new Failure(
                failure.message(),
                failure.code(),
                failure.status(),
                true,
                failure.retryAfter(),
                failure.reauthRequired(),
                failure.upstream());
    }

    private static String code(XProblem problem) {
        return problem.kind().name().toLowerCase(Locale.ROOT);
    }

    private void report(Errand errand, ToolResult result, long start) {
        if (result instanceof Failure failure) {
            failure.upstream()
                    .ifPresent(said -> log.apiError(
                            errand.endpoint(),
                            said.status(),
                            said.error().isEmpty() ? said.description() : said.error(),
                            start));
        }
    }
}
