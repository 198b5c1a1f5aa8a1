package dev.roost.server.guide.tools;

import dev.roost.server.guide.tools.ToolResult.Failure;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes the lines that the guide's readers look for. Of the arguments only ids of posts and sizes of pages get into them.
 * Durations are in milliseconds. Safe for many threads.
 */
final class ToolLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.roost.guide");

    private final LongSupplier nanoTime;

    ToolLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns a point in time to count durations from. */
    long now() {
        return nanoTime.getAsLong();
    }

    void started(String tool, Arguments arguments) {
        LoggingEventBuilder line = LOG.atInfo().addKeyValue("toolName", tool);
        Optional<String> id = arguments.loggableTweetId();
        OptionalInt size = arguments.loggableMaxResults();
        line = id.isPresent() ? line.addKeyValue("tweetId", id.get()) : line;
        line = size.isPresent() ? line.addKeyValue("maxResults", size.getAsInt()) : line;
        line.log("Tool Execution Started: " + tool);
    }

    void ended(String tool, ToolResult result, long start) {
        switch (result) {
            case ToolResult.Success done ->
                LOG.atInfo()
                        .addKeyValue("toolName", tool)
                        .addKeyValue("duration", since(start))
                        .log("Tool Execution Completed: " + tool);
            case Failure failure ->
                LOG.atError()
                        .addKeyValue("toolName", tool)
                        .addKeyValue("duration", since(start))
                        .addKeyValue("code", failure.code())
                        .log("Tool Execution Failed: " + tool);
        }
    }

    void apiError(String endpoint, int status, String message, long start) {
        LOG.atError()
                .addKeyValue("statusCode", status)
                .addKeyValue("errorMessage", message)
                .addKeyValue("endpoint", endpoint)
                .addKeyValue("duration", since(start))
                .log("Twitter API Error Details");
    }

    void exchangeStarted() {
        LOG.atInfo().log("Twitter Token Exchange Started");
    }

    void exchanged(long expiresIn, boolean hasRefreshToken, String scope, long start) {
        LOG.atInfo()
                .addKeyValue("duration", since(start))
                .addKeyValue("expiresIn", expiresIn)
                .addKeyValue("hasRefreshToken", hasRefreshToken)
                .addKeyValue("scope", scope)
                .addKeyValue("tokenType", "bearer")
                .log("Twitter Token Exchange Successful");
    }

    void exchangeFailed(Failure failure, long start) {
        LOG.atError()
                .addKeyValue("duration", since(start))
                .addKeyValue("error", failure.message())
                .addKeyValue("code", failure.code())
                .log("Twitter Token Exchange Failed");
    }

    private long since(long start) {
        return (nanoTime.getAsLong() - start) / 1_000_000;
    }
}
