package dev.roost.server.mcp.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.roost.mcp.catalog.Ask;
import dev.roost.mcp.catalog.Catalog;
import dev.roost.mcp.catalog.Changes;
import dev.roost.mcp.catalog.Content;
import dev.roost.mcp.catalog.Question;
import dev.roost.mcp.catalog.ServerInfo;
import dev.roost.mcp.catalog.Tool;
import dev.roost.mcp.catalog.ToolOutcome;
import dev.roost.mcp.catalog.ToolResult;
import dev.roost.server.Door;
import dev.roost.server.TestPerson;
import dev.roost.server.TestServer;
import dev.roost.x.Tweet.LengthCheck;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A whole Roost and its account tools, without the protocol. Waiting turns the clock, and lets happen what a test wants to
 * happen meanwhile. Every call is held against the tool's schemas, and all that was answered is kept.
 */
final class Stage implements AutoCloseable {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    final TestServer server = TestServer.start();
    final TestPerson ada = new TestPerson(TestServer.ADA);
    final TestPerson grace = new TestPerson(TestServer.GRACE);
    final Changes changes = new Changes();
    final Queue<Runnable> meanwhile = new ArrayDeque<>();
    final List<String> answered = new ArrayList<>();
    final AccountTools tools;
    final Catalog catalog;
    volatile boolean stopping;
    Optional<String> deaf = Optional.empty();

    Stage() {
        Door door = server.door();
        Means.Opened opened = door.forAgents();
        tools = new AccountTools(new Means(
                () -> opened,
                () -> deaf,
                this::pass,
                changes,
                LengthCheck.STANDARD,
                door.guards().clock(),
                () -> stopping));
        catalog = AgentCatalog.of(info(), Family.ALL, List.of(), Optional.of(tools), changes);
    }

    static ServerInfo info() {
        return new ServerInfo("roost", "Roost", "test", "Keeps.", Optional.empty(), List.of(), "Use it.");
    }

    private void pass(Duration time) {
        server.advance(time);
        Optional.ofNullable(meanwhile.poll()).ifPresent(Runnable::run);
    }

    /** Calls a tool; the arguments in single quotes. */
    ToolOutcome call(String name, String arguments, TestCall call) {
        Tool tool = tool(name);
        ObjectNode node = (ObjectNode) JsonMapper.shared().readTree(arguments.replace('\'', '"'));
        conforms(name + " arguments", tool.input(), node);
        ToolOutcome outcome = done(() -> tool.body().call(node, call));
        if (outcome instanceof ToolResult result) {
            conforms(
                    name + " answers " + result,
                    tool.output().orElseThrow(),
                    result.structured().orElseThrow());
        }
        keep(outcome);
        return outcome;
    }

    Tool tool(String name) {
        return catalog.tools().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no tool " + name));
    }

    /** Work that may be interrupted. */
    @FunctionalInterface
    interface Interruptible<T> {
        T run() throws InterruptedException;
    }

    static <T> T done(Interruptible<T> work) {
        try {
            return work.run();
        } catch (InterruptedException e) {
            throw new AssertionError("was interrupted", e);
        }
    }

    void keep(ToolOutcome outcome) {
        answered.add(outcome.toString());
    }

    /** Calls a tool that succeeds, and returns its structured content. */
    JsonNode ok(String name, String arguments, TestCall call) {
        return ok(call(name, arguments, call));
    }

    static JsonNode ok(ToolOutcome outcome) {
        assertThat(outcome).isInstanceOf(ToolResult.class);
        ToolResult result = (ToolResult) outcome;
        assertThat(result.isError()).as(text(result)).isFalse();
        JsonNode structured = result.structured().orElseThrow();
        assertThat(text(result)).isEqualTo(structured.toString());
        return structured;
    }

    /** Calls a tool that fails, and returns its structured content; the text says all that a model needs. */
    JsonNode error(String name, String arguments, TestCall call) {
        return error(call(name, arguments, call));
    }

    static JsonNode error(ToolOutcome outcome) {
        assertThat(outcome).isInstanceOf(ToolResult.class);
        ToolResult result = (ToolResult) outcome;
        JsonNode structured = result.structured().orElseThrow();
        assertThat(result.isError()).as(text(result)).isTrue();
        assertThat(text(result))
                .startsWith(structured.path("code").asString() + ": ")
                .contains(structured.path("error").asString())
                .contains("Next: " + structured.path("next").asString());
        assertThat(structured.path("next").asString()).isNotBlank();
        return structured;
    }

    /** Calls a tool that asks the person to open a page. */
    Ask asks(String name, String arguments, TestCall call) {
        ToolOutcome outcome = call(name, arguments, call);
        assertThat(outcome).isInstanceOf(Ask.class);
        return (Ask) outcome;
    }

    static String url(Ask ask) {
        return question(ask).url().toString();
    }

    static String message(Ask ask) {
        return question(ask).message();
    }

    private static Question.Url question(Ask ask) {
        return (Question.Url) ask.questions().values().iterator().next();
    }

    static String text(ToolResult result) {
        return ((Content.Text) result.content().getFirst()).text();
    }

    /** The person agrees on X's page, and their browser comes back to Roost. */
    void agrees(TestPerson person, String url) {
        server.client().get(person.agrees(url));
    }

    private static void conforms(String what, JsonNode schema, JsonNode value) {
        assertThat(SCHEMAS.getSchema(schema.toString()).validate(value.toString(), InputFormat.JSON))
                .as(what)
                .isEmpty();
    }

    @Override
    public void close() {
        server.close();
    }
}
