package dev.roost.server;

import dev.roost.mcp.http.McpEndpoint;
import dev.roost.mcp.protocol.McpServer;
import dev.roost.server.guide.tools.Toolbox;
import dev.roost.server.mcp.accounts.AccountTools;
import dev.roost.server.mcp.accounts.Means;
import dev.roost.server.mcp.accounts.SignInArrival;
import dev.roost.server.mcp.stateless.Kit;
import dev.roost.server.telemetry.RequestThreads;
import dev.roost.x.Tweet.LengthCheck;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Where agents come in over HTTP. */
final class AgentRoom {
    private AgentRoom() {}

    static McpEndpoint endpoint(Door door, Means.Opened opened, Toolbox toolbox, BooleanSupplier stopping) {
        Door.Agents agents = door.agents();
        AccountTools accounts = new AccountTools(new Means(
                () -> opened,
                SignInArrival.LISTENING,
                agents.sleeper(),
                agents.changes(),
                LengthCheck.STANDARD,
                door.guards().clock(),
                stopping));
        Kit kit = new Kit(
                door.x()::api,
                door.x().apiUrl(),
                door.engine()::callerRefreshes,
                door.x().apps(),
                Optional.of(accounts.byAccount()),
                LengthCheck.STANDARD,
                door.guards().clock());
        AgentOffer offer = new AgentOffer(
                agents.families(), door.version(), kit, Optional.of(accounts), () -> toolbox, agents.changes());
        return new McpEndpoint(
                new McpServer(agents.more().apply(offer.catalog()), agents.seal()),
                agents.limits(),
                RequestThreads.carrying(
                        Thread.ofVirtual().name("roost-mcp-", 0).factory(),
                        door.guards().watch()::carrying),
                door.guards().nanoTime(),
                door.guards().random());
    }
}
