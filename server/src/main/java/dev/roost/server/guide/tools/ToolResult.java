package dev.roost.server.guide.tools;

import dev.roost.core.XAnswer;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What came of a call of a tool. */
public sealed interface ToolResult {
    /**
     * It was done.
     *
     * @param value what callers get; may hold the tokens that they asked for
     */
    record Success(JsonNode value) implements ToolResult {
        @Override
        public String toString() {
            return "Success";
        }
    }

    /**
     * It was not done, or nobody knows. Nothing in it holds a secret.
     *
     * @param message what happened, in the words that the guide's readers know, then X's own reason
     * @param code a stable word for programs
     * @param status the HTTP status that fits
     * @param retryable whether the same call may work later
     * @param retryAfter how long to wait first, if known
     * @param reauthRequired whether the grant is gone and a person has to sign in again
     * @param upstream what X said, if X said anything
     */
    record Failure(
            String message,
            String code,
            int status,
            boolean retryable,
            Optional<Duration> retryAfter,
            boolean reauthRequired,
            Optional<XAnswer> upstream)
            implements ToolResult {

        /** A failure that the same call will meet again. */
        public static Failure lasting(String message, String code, int status) {
            return new Failure(message, code, status, false, Optional.empty(), false, Optional.empty());
        }

        /** A failure that may be gone when the call is repeated. */
        static Failure passing(String message, String code, int status) {
            return new Failure(message, code, status, true, Optional.empty(), false, Optional.empty());
        }

        /** A call that is wrong in itself. */
        static Failure invalid(String message) {
            return lasting(message, "invalid_request", 400);
        }

        Failure after(Duration wait) {
            return new Failure(message, code, status, retryable, Optional.of(wait), reauthRequired, upstream);
        }

        Failure needingReauth() {
            return new Failure(message, code, status, retryable, retryAfter, true, upstream);
        }

        Failure with(XAnswer said) {
            return new Failure(message, code, status, retryable, retryAfter, reauthRequired, Optional.of(said));
        }
    }
}
