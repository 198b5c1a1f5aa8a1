package dev.roost.server.mcp.accounts;

import dev.roost.mcp.catalog.Content;
import dev.roost.mcp.catalog.ToolResult;
import dev.roost.server.http.Problem;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Problems as tools tell them: what happened, a word for programs, and what to do next. */
final class Failures {
    private Failures() {}

    static ToolResult of(Problem problem) {
        String detail = worded(problem.detail());
        String next = ErrorGuide.next(problem.code());
        ObjectNode structured = JsonMapper.shared().createObjectNode();
        structured.put("status", "error");
        structured.put("code", problem.code());
        structured.put("error", detail);
        structured.put("next", next);
        structured.put("retryable", problem.retryable());
        problem.retryAfterSeconds().ifPresent(seconds -> structured.put("retryAfterSeconds", seconds));
        problem.reauthorizeUrl().ifPresent(url -> structured.put("signInUrl", url.toString()));
        problem.upstream()
                .ifPresent(
                        said -> structured.set("upstream", JsonMapper.shared().valueToTree(Problem.upstream(said))));
        return new ToolResult(List.of(new Content.Text(text(problem, detail, next))), Optional.of(structured), true);
    }

    private static String text(Problem problem, String detail, String next) {
        StringBuilder text = new StringBuilder(problem.code()).append(": ").append(detail);
        if (!detail.endsWith(".")) {
            text.append('.');
        }
        problem.reauthorizeUrl()
                .ifPresent(url ->
                        text.append("\nThe person opens this page and agrees: ").append(url));
        problem.retryAfterSeconds()
                .ifPresent(seconds -> text.append("\nWait ").append(seconds).append(" seconds first."));
        return text.append("\nNext: ").append(next).toString();
    }

    /** The engine speaks to people at a terminal. */
    static String worded(String text) {
        return text.replace("roost connect", "twitter_connect_account")
                .replace("roost accounts list", "twitter_list_accounts");
    }
}
