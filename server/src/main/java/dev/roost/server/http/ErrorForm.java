package dev.roost.server.http;

/** How a door words its problems. */
@FunctionalInterface
public interface ErrorForm {
    /** RFC 9457, {@code application/problem+json}. */
    ErrorForm PROBLEM = (problem, call) -> Reply.problem(problem);

    /** Makes the answer that tells of a problem. */
    Reply reply(Problem problem, Call call);
}
