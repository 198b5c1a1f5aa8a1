package dev.roost.x;

/**
 * Why X said no to a data call, fit to be shown: cut short and free of secrets.
 *
 * @param kind what to do about it, for programs
 * @param status the HTTP status; 0 when Roost itself refused and nothing was sent
 * @param title X's title, or empty
 * @param detail X's detail, or a short account of a body that has none
 * @param explanation in plain words: what it means and what to do next
 */
public record XProblem(Kind kind, int status, String title, String detail, String explanation) {
    /** What stands in the way. Only {@link #UNAUTHORIZED} is ever cured by a new access token. */
    public enum Kind {
        /** The access token is expired or revoked. */
        UNAUTHORIZED,
        /** Too many calls in a window of time. */
        RATE_LIMITED,
        /** The app's plan allows no more this month. */
        USAGE_CAPPED,
        /** The developer account has no credits. */
        CREDITS_DEPLETED,
        /** The app belongs to no project or package that may use API v2. */
        CLIENT_NOT_ENROLLED,
        /** X has a post with this text already. */
        DUPLICATE_CONTENT,
        /** X allows a reply only where the author mentioned or answered the account. */
        REPLY_NOT_ALLOWED,
        /** The text is too long. */
        TEXT_TOO_LONG,
        /** X took the token for an app-only one. */
        WRONG_TOKEN_KIND,
        /** The app may only read. */
        APP_READ_ONLY,
        /** A scope is missing, or a policy of X forbids the call. */
        NOT_PERMITTED,
        /** A network in front of X blocked the request. */
        BLOCKED,
        /** What the call is about does not exist, or the address of X is wrong. */
        NOT_FOUND,
        /** X did not like the request. */
        INVALID_REQUEST,
        /** Something else. */
        OTHER
    }

    @Override
    public String toString() {
        String said = detail.isEmpty() ? title : detail;
        return (status == 0 ? "Not sent: " : "HTTP " + status + " ") + kind + (said.isEmpty() ? "" : ": " + said) + " "
                + explanation;
    }
}
