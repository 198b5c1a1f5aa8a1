package dev.roost.server.mcp.accounts;

import dev.roost.core.Account;
import dev.roost.core.AccountState;
import dev.roost.mcp.catalog.ToolResult;
import dev.roost.server.v1.AccountJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the tools answer, in the words of the HTTP API. What there is none of is left out. */
final class Answers {
    private Answers() {}

    /** A document, as text for models and as a value for programs. */
    static ToolResult result(Object document) {
        return ToolResult.structured(json(document));
    }

    static ObjectNode json(Object document) {
        ObjectNode node = JsonMapper.shared().valueToTree(document);
        node.removeIf(JsonNode::isNull);
        return node;
    }

    /** An account, and what to do next about it. */
    static ObjectNode account(Account account) {
        ObjectNode node = json(AccountJson.of(account));
        if (node.has("stateReason")) {
            node.put("stateReason", Failures.worded(node.path("stateReason").asString()));
        }
        return node.put("next", next(account));
    }

    private static String next(Account account) {
        String name = "@" + account.user().username();
        return switch (account.state()) {
            case AccountState.Active active -> "Nothing: Roost refreshes it by itself.";
            case AccountState.Uncertain open -> "Nothing: Roost finds out by itself. Until then calls may work.";
            case AccountState.NeedsReauthorization gone ->
                "The person has to sign in again: call twitter_connect_account with account " + name + ".";
            case AccountState.Disconnected gone ->
                "Call twitter_connect_account with account " + name + " if it is to be used again.";
        };
    }
}
