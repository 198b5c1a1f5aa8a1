package dev.roost.server;

import dev.roost.mcp.catalog.Catalog;
import dev.roost.mcp.catalog.Changes;
import dev.roost.mcp.catalog.ServerInfo;
import dev.roost.mcp.http.McpEndpoint;
import dev.roost.mcp.protocol.McpServer;
import java.util.List;
import java.util.Optional;

/** What agents find. */
final class AgentRoom {
    private AgentRoom() {}

    static McpEndpoint endpoint(Door door) {
        Catalog catalog = door.agents().more().apply(catalog(door));
        return new McpEndpoint(
                new McpServer(catalog, door.agents().seal()),
                door.agents().limits(),
                Thread.ofVirtual().name("roost-mcp-", 0).factory(),
                door.guards().nanoTime(),
                door.guards().random());
    }

    private static Catalog catalog(Door door) {
        ServerInfo info = new ServerInfo(
                "roost", "Roost", door.version(), "Keeps X accounts connected", Optional.empty(), List.of(), "");
        return new Catalog(info, List.of(), List.of(), List.of(), List.of(), new Changes());
    }
}
