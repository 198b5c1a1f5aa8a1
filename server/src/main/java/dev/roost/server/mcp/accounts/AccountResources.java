package dev.roost.server.mcp.accounts;

import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.McpException;
import dev.roost.mcp.catalog.Resource;
import dev.roost.mcp.catalog.ResourceNotFoundException;
import dev.roost.mcp.catalog.ResourceOutcome;
import dev.roost.mcp.catalog.ResourceTemplate;
import dev.roost.mcp.catalog.Tool;
import dev.roost.mcp.catalog.ToolOutcome;
import dev.roost.mcp.catalog.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What agents can read of accounts: the tools' answers under an address, by the same rules. */
record AccountResources(List<Tool> tools, AccountNames names) {
    static final String ACCOUNTS = "roost://accounts";
    static final String ERRORS = "roost://guide/errors";

    private static final String JSON = "application/json";
    private static final int MOST = 200;
    private static final int INTERNAL = -32603;
    private static final Set<String> NOT_THERE =
            Set.of("account_not_found", "account_not_covered", "account_disconnected", "x_not_found");

    /** The guide to errors. */
    static Resource guide() {
        return new Resource(
                ERRORS,
                "errors",
                "Guide to errors",
                "What the error codes of the tools mean, and what to do about each. Read it when a tool failed.",
                "text/markdown",
                call -> ResourceOutcome.text(ERRORS, "text/markdown", ErrorGuide.markdown()));
    }

    /** The list of accounts. */
    Resource list() {
        return new Resource(
                ACCOUNTS,
                "accounts",
                "Connected X accounts",
                "The X accounts that Roost keeps and that you may use, with their states; the first " + MOST + ".",
                JSON,
                call -> answered(
                        ACCOUNTS,
                        "twitter_list_accounts",
                        JsonMapper.shared().createObjectNode().put("limit", MOST),
                        call));
    }

    /** One account, and its profile at X. */
    List<ResourceTemplate> templates() {
        return List.of(
                template(
                        "",
                        "account",
                        "State of an X account",
                        "How one account stands, what happened to it last, and what to do next. {account} is its id"
                                + " (acc_…), @username or X user id.",
                        "twitter_account_status"),
                template(
                        "/profile",
                        "profile",
                        "Profile of an X account",
                        "The account's own profile as X shows it. X charges for one user read.",
                        "twitter_get_profile"));
    }

    private ResourceTemplate template(String end, String name, String title, String description, String tool) {
        return new ResourceTemplate(
                ACCOUNTS + "/{account}" + end,
                name,
                title,
                description,
                JSON,
                Map.of(Args.ACCOUNT, names),
                (uri, values, call) -> answered(uri, tool, named(values), call));
    }

    private static ObjectNode named(Map<String, String> values) {
        String name = values.getOrDefault(Args.ACCOUNT, "").strip();
        if (name.isEmpty()) {
            throw new ResourceNotFoundException("the address names no account; " + ACCOUNTS + " lists them");
        }
        return JsonMapper.shared().createObjectNode().put(Args.ACCOUNT, name);
    }

    private ResourceOutcome answered(String uri, String name, ObjectNode arguments, Call call)
            throws InterruptedException {
        Tool tool = tools.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no tool " + name));
        ToolOutcome outcome = tool.body().call(arguments, new WithoutQuestions(call));
        if (!(outcome instanceof ToolResult result)) {
            throw new IllegalStateException("a tool asked a client that cannot answer");
        }
        if (result.isError()) {
            throw failure(result.structured());
        }
        return ResourceOutcome.text(
                uri, JSON, result.structured().map(JsonNode::toString).orElse("{}"));
    }

    private static RuntimeException failure(Optional<JsonNode> structured) {
        String code = structured.map(node -> node.path("code").asString("")).orElse("");
        String error = structured.map(node -> node.path("error").asString("")).orElse("");
        return NOT_THERE.contains(code)
                ? new ResourceNotFoundException(error)
                : new McpException(INTERNAL, code + ": " + error, structured);
    }
}
