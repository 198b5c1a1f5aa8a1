package dev.roost.server.mcp.stateless;

import dev.roost.mcp.catalog.ToolResult;
import dev.roost.x.XProblem;
import dev.roost.x.XReply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Passes on what X answers to data calls: a success whole, a failure in the words of the original's HTTP client with X's own
 * reason beside it. Safe for many threads.
 */
final class DataAnswers {
    /** How reasons begin that module x gives for an answer that could not be used. */
    private static final Pattern STATUS = Pattern.compile("^HTTP ([0-9]{3})\\b");

    private final URI apiUrl;
    private final InstantSource clock;

    DataAnswers(URI apiUrl, InstantSource clock) {
        this.apiUrl = apiUrl;
        this.clock = clock;
    }

    /**
     * A request to X, for messages.
     *
     * @param path without its query, which holds what the caller looks for
     * @param repeatable whether doing it twice is as good as once
     * @param whenMissing what to say of an answer without what was asked for
     */
    record Asked(String path, boolean repeatable, String whenMissing) {
        private static final String MISSING = "X answered, but without what was asked for";

        static Asked reading(String path) {
            return new Asked(path, true, MISSING);
        }

        static Asked writing(String path) {
            return new Asked(path, false, MISSING);
        }

        static Asked userNamed(String username) {
            return new Asked("/2/users/by/username/" + username, true, "User not found or ID not available");
        }
    }

    /** Returns what a tool answers. */
    ToolResult result(Asked asked, XReply<JsonNode> reply) {
        return reply instanceof XReply.Ok<JsonNode> ok
                ? ToolResult.text(PythonJson.text(ok.value()))
                : trouble(asked, reply).orElseThrow().result();
    }

    /** Returns why nothing came of it; empty if something did. */
    Optional<Trouble.Failed> trouble(Asked asked, XReply<?> reply) {
        return switch (reply) {
            case XReply.Ok<?> ok -> Optional.empty();
            case XReply.Unauthorized<?> no ->
                Optional.of(refused(
                        asked, no.problem(), "Call twitter_refresh_token, then this again with its access_token"));
            case XReply.Refused<?> no -> Optional.of(refused(asked, no.problem(), ""));
            case XReply.RateLimited<?> later -> Optional.of(refused(asked, later.problem(), until(later.retryAt())));
            case XReply.NotSent<?> none ->
                Optional.of(new Trouble.Failed(
                        "Connection error: nothing was sent to url: " + url(asked),
                        Sentences.of(none.reason(), "The same call can be made again")));
            case XReply.Unknown<?> unknown -> Optional.of(unknown(asked, unknown.reason()));
        };
    }

    private Trouble.Failed refused(Asked asked, XProblem problem, String next) {
        if (problem.status() == 0) {
            return new Trouble.Failed(problem.explanation(), "Nothing was sent to X.");
        }
        String title = problem.title().isEmpty() ? "" : " " + problem.title();
        String detail = problem.detail().isEmpty() ? "" : ": " + problem.detail();
        String status = "HTTP " + problem.status() + title + detail;
        return new Trouble.Failed(headline(asked, problem.status()), Sentences.of(status, problem.explanation(), next));
    }

    private Trouble.Failed unknown(Asked asked, String reason) {
        String advice = asked.repeatable()
                ? "It changes nothing, so the same call can be made again"
                : "X may have done it: look at the account's posts before calling again";
        Matcher status = STATUS.matcher(reason);
        int known = status.find() ? Integer.parseInt(status.group(1)) : 0;
        return new Trouble.Failed(headline(asked, known), Sentences.of(reason, advice));
    }

    private String headline(Asked asked, int status) {
        return switch (status / 100) {
            case 0 -> "No answer from url: " + url(asked);
            case 4 -> status + " Client Error: " + phrase(status) + " for url: " + url(asked);
            case 5 -> status + " Server Error: " + phrase(status) + " for url: " + url(asked);
            case 2 -> asked.whenMissing();
            default -> status + " Unexpected Answer for url: " + url(asked);
        };
    }

    private String until(Instant at) {
        return Sentences.retryAfter(Duration.between(clock.instant(), at)) + ", at " + PythonTime.text(at);
    }

    private String url(Asked asked) {
        return apiUrl + asked.path();
    }

    /** The reason phrases of RFC 9110 section 15, which X sends too. */
    private static String phrase(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 402 -> "Payment Required";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 422 -> "Unprocessable Content";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "Refused";
        };
    }
}
