package dev.roost.server.guide;

import dev.roost.core.access.KeyScope;
import dev.roost.server.guide.tools.Tool;
import dev.roost.server.guide.tools.Toolbox;
import dev.roost.server.http.Access;
import dev.roost.server.http.Call;
import dev.roost.server.http.Endpoint;
import dev.roost.server.http.PathTemplate;
import dev.roost.server.http.Reply;
import dev.roost.server.http.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The routes of the guide's API: open on loopback, with an API key elsewhere. */
public final class GuideRoutes {
    private static final String PROTOCOL = "1.0";

    private final Toolbox toolbox;
    private final GuideErrors errors;
    private final String version;
    private final String store;
    private final boolean hasDashboard;

    /**
     * Offers these tools.
     *
     * @param truthful whether failed tools answer with the status that fits rather than with 400, unless the caller chooses
     * @param version of Roost
     * @param store the same for all processes that keep the same accounts in the same store
     * @param hasDashboard whether people who open the server with a browser are led to the dashboard
     */
    public GuideRoutes(Toolbox toolbox, boolean truthful, String version, String store, boolean hasDashboard) {
        this.hasDashboard = hasDashboard;
        this.toolbox = toolbox;
        this.errors = new GuideErrors(truthful);
        this.version = version;
        this.store = store;
    }

    /** Returns all of them. */
    public List<Route> all() {
        return List.of(
                Route.open("/", "root", this::root),
                local("GET", "/mcp/info", "guide.info", KeyScope.X_READ, call -> Reply.json(200, info())),
                local("GET", "/mcp/tools", "guide.tools", KeyScope.X_READ, call -> Reply.json(200, tools())),
                local(
                        "GET",
                        "/mcp/resources",
                        "guide.resources",
                        KeyScope.X_READ,
                        call -> Reply.json(200, resources())),
                local("POST", "/mcp/execute", "guide.execute", KeyScope.X_WRITE, new ExecuteEndpoint(toolbox, errors)));
    }

    /** People get the dashboard, programs what the guide's server answers. */
    private Reply root(Call call) {
        boolean isBrowser = call.header("Accept").orElse("").contains("text/html");
        Reply reply = isBrowser && hasDashboard
                ? Reply.empty(303).with("Location", "/dashboard")
                : Reply.json(200, welcome());
        return reply.with("Vary", "Accept");
    }

    private Route local(String method, String path, String operation, KeyScope scope, Endpoint endpoint) {
        return new Route(
                method,
                PathTemplate.of(path),
                operation,
                new Access.Local(scope),
                Route.About.NO_ACCOUNT,
                errors,
                endpoint);
    }

    /** Members of the original's, and those by which one Roost knows another. */
    private Map<String, Object> welcome() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", "roost");
        body.put("version", version);
        body.put("store", store);
        body.put("message", "MCPSocial Server is running!");
        body.put("protocolVersion", PROTOCOL);
        Map<String, String> endpoints = new LinkedHashMap<>();
        endpoints.put("api", "/v1");
        endpoints.put("mcpV1", "/mcp/v1");
        endpoints.put("mcpLegacy", "/mcp");
        body.put("endpoints", endpoints);
        return body;
    }

    private Map<String, Object> info() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", "mcpsocial");
        body.put("version", version);
        body.put("protocolVersion", PROTOCOL);
        Map<String, Boolean> capabilities = new LinkedHashMap<>();
        capabilities.put("tools", true);
        capabilities.put("resources", true);
        body.put("capabilities", capabilities);
        body.put("server", "roost");
        return body;
    }

    private List<Map<String, Object>> tools() {
        return toolbox.tools().stream()
                .map(tool -> {
                    Map<String, Object> listed = listed(tool);
                    listed.put("inputSchema", tool.inputSchema());
                    return listed;
                })
                .toList();
    }

    private List<Map<String, Object>> resources() {
        return toolbox.resources().stream().map(GuideRoutes::listed).toList();
    }

    private static Map<String, Object> listed(Tool tool) {
        Map<String, Object> listed = new LinkedHashMap<>();
        listed.put("name", tool.name());
        listed.put("description", tool.description());
        return listed;
    }
}
