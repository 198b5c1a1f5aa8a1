package dev.roost.server.http;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** Refuses for this reason. */
    public ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    /** Refuses a request that is wrong in itself (400). */
    public static ProblemException invalid(String detail) {
        return new ProblemException(Problem.lasting(400, "invalid_request", detail));
    }

    /** Returns why. */
    public Problem problem() {
        return problem;
    }
}
