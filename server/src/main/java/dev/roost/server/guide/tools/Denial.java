package dev.roost.server.guide.tools;

import dev.roost.x.XProblem;

/**
 * Why a call of X brought nothing.
 *
 * @param status of X's answer; 0 when there was none
 * @param detail X's own words, or empty
 * @param explanation what it means and what to do next
 */
record Denial(int status, String detail, String explanation) {
    static Denial of(XProblem problem) {
        String words = problem.detail().isEmpty() ? problem.title() : problem.detail();
        return new Denial(problem.status(), words, problem.explanation());
    }

    /** How a tool words a denial: its own literal first, the reason after it. */
    @FunctionalInterface
    interface Phrasing {
        String of(Denial denial);

        /** A phrasing with one literal for whatever happens. */
        static Phrasing general(String literal) {
            return denial -> denial.status() == 401
                    ? Words.sentences(
                            literal,
                            "Your access token is invalid or expired. Use refreshTwitterToken to get a new token, or"
                                    + " re-authenticate")
                    : Words.sentences(literal, denial.reason());
        }
    }

    /** Returns X's words and what they mean. */
    String reason() {
        return Words.sentences(detail.isEmpty() ? "" : "X says: " + detail, explanation);
    }
}
