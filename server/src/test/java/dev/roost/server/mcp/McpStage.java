package dev.roost.server.mcp;

import dev.roost.core.AccountId;
import dev.roost.core.access.KeyScope;
import dev.roost.mcp.catalog.Catalog;
import dev.roost.mcp.catalog.Tool;
import dev.roost.mcp.http.HttpLimits;
import dev.roost.server.Door;
import dev.roost.server.TestPerson;
import dev.roost.server.TestServer;
import dev.roost.server.TestServer.Plan;
import dev.roost.server.mcp.accounts.Family;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A whole Roost with its endpoint for agents, people, and clients over HTTP. Waiting for people goes by {@link #looks}. */
final class McpStage implements AutoCloseable {
    final TestPerson ada = new TestPerson(TestServer.ADA);
    final TestPerson grace = new TestPerson(TestServer.GRACE);
    final Looks looks = new Looks();
    final TestServer server;

    private final List<McpHttp> clients = new ArrayList<>();
    private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();

    McpStage() {
        this(Family.ALL);
    }

    McpStage(Set<Family> families) {
        server = TestServer.start(Plan.USUAL, usual -> agents(usual, families));
    }

    private Door.Agents agents(Door.Agents usual, Set<Family> families) {
        HttpLimits limits = new HttpLimits(
                usual.limits().grace(),
                Duration.ofMillis(20),
                Optional.empty(),
                usual.limits().sessions(),
                usual.limits().sessionsOfOne(),
                usual.limits().idle());
        return new Door.Agents(families, usual.seal(), limits, usual.changes(), looks, this::watched);
    }

    /** Notes how the work of each tool ends. */
    private Catalog watched(Catalog catalog) {
        List<Tool> tools = catalog.tools().stream().map(this::watched).toList();
        return new Catalog(
                catalog.info(),
                tools,
                catalog.resources(),
                catalog.templates(),
                catalog.prompts(),
                catalog.changes(),
                catalog.audience());
    }

    private Tool watched(Tool tool) {
        Tool.Body body = (arguments, call) -> {
            try {
                var outcome = tool.body().call(arguments, call);
                ended.add("returned");
                return outcome;
            } catch (InterruptedException e) {
                ended.add("interrupted");
                throw e;
            } catch (RuntimeException e) {
                ended.add("failed");
                throw e;
            }
        };
        return new Tool(
                tool.name(),
                tool.title(),
                tool.description(),
                tool.hints(),
                tool.icons(),
                tool.input(),
                tool.output(),
                body);
    }

    /** Waits until the work of a tool ends, and tells how. */
    String awaitWorkEnded() throws InterruptedException {
        return String.valueOf(ended.poll(30, TimeUnit.SECONDS));
    }

    McpHttp local() {
        return client(Optional.empty());
    }

    McpHttp with(KeyScope... scopes) {
        return client(Optional.of(server.key(scopes)));
    }

    /** A client whose key is for one account. */
    McpHttp limitedTo(AccountId account, KeyScope... scopes) {
        return client(Optional.of(
                server.newKey(Set.of(scopes), Set.of(account), 0).secret().expose()));
    }

    McpHttp client(Optional<String> key) {
        McpHttp client = new McpHttp(server, key);
        clients.add(client);
        return client;
    }

    /** The person agrees on X's page, and their browser comes back to Roost. */
    void agrees(TestPerson person, String url) {
        server.client().get(person.agrees(url));
    }

    @Override
    public void close() {
        clients.forEach(McpHttp::close);
        server.close();
    }
}
