package dev.roost.server.operations;

import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.server.http.Reply;
import dev.roost.x.RateLimits;
import dev.roost.x.XProblem;
import dev.roost.x.XReply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Function;

/** Turns what X answered into what Roost answers. Safe for many threads. */
final class XAnswers {
    private static final Duration SOON = Duration.ofSeconds(2);

    private final InstantSource clock;

    /** Reckons waits by this clock. */
    XAnswers(InstantSource clock) {
        this.clock = clock;
    }

    /** Answers with the value, and with what X says may still be called. */
    <T> Reply reply(XReply<T> answer, Function<T, Reply> form) {
        return switch (answer) {
            case XReply.Ok<T> ok -> limited(form.apply(ok.value()), ok.limits());
            default -> throw new ProblemException(problem(answer));
        };
    }

    /** Says what is wrong with an answer that is no success. */
    Problem problem(XReply<?> answer) {
        return switch (answer) {
            case XReply.Ok<?> ok -> throw new IllegalArgumentException("X did it; there is no problem");
            case XReply.Unauthorized<?> no ->
                said(
                        Problem.lasting(
                                502,
                                "x_unauthorized",
                                "X refused the access token, and the one that replaced it too; is the user suspended?"),
                        no.problem());
            case XReply.Refused<?> no -> refused(no.problem());
            case XReply.RateLimited<?> later ->
                said(
                        Problem.passing(
                                429,
                                "x_rate_limited",
                                later.problem().explanation(),
                                Duration.between(clock.instant(), later.retryAt())),
                        later.problem());
            case XReply.NotSent<?> none ->
                Problem.passing(503, "x_unreachable", "nothing was sent to X: " + none.reason(), SOON);
            case XReply.Unknown<?> unknown ->
                Problem.lasting(
                        504,
                        "outcome_unknown",
                        "X may have done it or not, for no readable answer came back (" + unknown.reason()
                                + "); look before you ask again");
        };
    }

    /** Like {@link #problem}, for a call that changes nothing and so may be repeated. */
    Problem readProblem(XReply<?> answer) {
        return answer instanceof XReply.Unknown<?> unknown
                ? Problem.passing(504, "x_no_answer", "no readable answer came from X: " + unknown.reason(), SOON)
                : problem(answer);
    }

    /** Answers a reading call. */
    <T> Reply read(XReply<T> answer, Function<T, Reply> form) {
        if (answer instanceof XReply.Ok<T>) {
            return reply(answer, form);
        }
        throw new ProblemException(readProblem(answer));
    }

    private static Problem refused(XProblem problem) {
        String code = "x_" + problem.kind().name().toLowerCase(Locale.ROOT);
        String detail =
                problem.detail().isEmpty() ? problem.explanation() : problem.detail() + " — " + problem.explanation();
        return problem.status() == 0
                ? Problem.lasting(problem.kind() == XProblem.Kind.NOT_PERMITTED ? 403 : 400, code, detail)
                : said(Problem.lasting(status(problem), code, detail), problem);
    }

    /** X's own status where it is about the request; 502 where it is about X. */
    private static int status(XProblem problem) {
        return switch (problem.status()) {
            case 400, 402, 403, 404, 409, 413, 422 -> problem.status();
            default -> 502;
        };
    }

    private static Problem said(Problem problem, XProblem x) {
        return problem.with(new Problem.Upstream(x.status(), x.title(), x.detail()));
    }

    private static Reply limited(Reply reply, RateLimits limits) {
        Reply with = reply;
        for (RateLimits.Window window : limits.windows()) {
            if (window.span() == RateLimits.Span.QUARTER_HOUR) {
                with = with.with("x-rate-limit-limit", Long.toString(window.limit()))
                        .with("x-rate-limit-remaining", Long.toString(window.remaining()))
                        .with(
                                "x-rate-limit-reset",
                                Long.toString(window.resetAt().getEpochSecond()));
            }
        }
        return with;
    }
}
