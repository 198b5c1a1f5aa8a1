package dev.roost.server.guide.tools;

import dev.roost.core.Secret;
import dev.roost.server.guide.tools.ToolResult.Failure;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tools of the token-refresh guide, in its order, and the one resource. Callers bring their own tokens; nothing of
 * theirs is stored. It holds what the tools remember, so one serves all doors of a process. Safe for many threads.
 */
public final class Toolbox {
    private final List<Tool> tools;
    private final List<Tool> resources;
    private final OwnStates states;
    private final ToolLog log;

    /** Lays the tools out. Asks nobody anything. */
    public Toolbox(Workshop workshop) {
        log = new ToolLog(workshop.nanoTime());
        states = new OwnStates(workshop);
        Errands errands = new Errands(log, workshop.clock());
        Users users = new Users(workshop);
        PostTools posts = new PostTools(workshop.api(), errands);
        ReadTools reads = new ReadTools(workshop.api(), users, errands);
        ReactionTools reactions = new ReactionTools(workshop.api(), users, errands);
        tools = List.of(
                new AuthUrlTool(workshop, states).tool(),
                new ExchangeTool(new Exchanges(workshop, log)).tool(),
                new RefreshTool(workshop).tool(),
                posts.post(),
                posts.reply(),
                reads.timeline(),
                reads.search(),
                reactions.like(),
                reactions.retweet(),
                reads.engagement(),
                posts.delete(),
                reads.mentions());
        resources = List.of(reads.profile());
    }

    /** Returns the twelve tools. */
    public List<Tool> tools() {
        return tools;
    }

    /** Returns the resources, which work like tools. */
    public List<Tool> resources() {
        return resources;
    }

    /** Returns the tool or resource of this name. */
    public Optional<Tool> find(String name) {
        return Stream.concat(tools.stream(), resources.stream())
                .filter(tool -> tool.name().equals(name))
                .findFirst();
    }

    /** Tells whether {@code getTwitterAuthUrl} gave this state out in the last ten minutes. */
    public Predicate<Secret> states() {
        return states;
    }

    /**
     * Calls a tool: checks its arguments as the original does, in its order, and then their types.
     *
     * @param params a JSON object; anything else is refused, and null stands for none
     */
    public ToolResult call(Tool tool, @Nullable JsonNode params) {
        long start = log.now();
        ToolResult result = params instanceof ObjectNode values
                ? checked(tool, new Arguments(tool.name(), values))
                : Failure.invalid("params must be a JSON object with the parameters of tool \"" + tool.name() + "\": "
                        + String.join(", ", tool.required()));
        log.ended(tool.name(), result, start);
        return result;
    }

    private ToolResult checked(Tool tool, Arguments arguments) {
        try {
            arguments.check(tool);
            log.started(tool.name(), arguments);
            return tool.work().apply(arguments);
        } catch (BadArgumentException e) {
            return Failure.invalid(String.valueOf(e.getMessage()));
        }
    }
}
