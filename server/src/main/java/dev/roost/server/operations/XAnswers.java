package dev.roost.server.operations;

import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.x.XProblem;
import dev.roost.x.XReply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/** Tells what X did from what it did not, for every door. Safe for many threads. */
public final class XAnswers {
    private static final Duration SOON = Duration.ofSeconds(2);

    private final InstantSource clock;

    /** Reckons waits by this clock. */
    public XAnswers(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Returns what X did.
     *
     * @throws ProblemException if it did not, or nobody knows
     */
    public <T> XReply.Ok<T> done(XReply<T> answer) {
        if (answer instanceof XReply.Ok<T> ok) {
            return ok;
        }
        throw new ProblemException(problem(answer));
    }

    /**
     * Returns what X answered to a call that changes nothing, and so may be repeated.
     *
     * @throws ProblemException if it did not
     */
    public <T> XReply.Ok<T> read(XReply<T> answer) {
        if (answer instanceof XReply.Ok<T> ok) {
            return ok;
        }
        throw new ProblemException(readProblem(answer));
    }

    /** Says what is wrong with an answer that is no success. */
    public Problem problem(XReply<?> answer) {
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
                limited(
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

    private Problem readProblem(XReply<?> answer) {
        return answer instanceof XReply.Unknown<?> unknown
                ? Problem.passing(504, "x_no_answer", "no readable answer came from X: " + unknown.reason(), SOON)
                : problem(answer);
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

    /** X said nothing if the call was held back. */
    private static Problem limited(Problem problem, XProblem x) {
        return x.status() == 0 ? problem : said(problem, x);
    }

    private static Problem said(Problem problem, XProblem x) {
        return problem.with(new Problem.Upstream(x.status(), x.title(), x.detail()));
    }
}
