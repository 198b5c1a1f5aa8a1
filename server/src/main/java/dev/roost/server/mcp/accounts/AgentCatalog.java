package dev.roost.server.mcp.accounts;

import dev.roost.mcp.catalog.Catalog;
import dev.roost.mcp.catalog.Changes;
import dev.roost.mcp.catalog.Principal;
import dev.roost.mcp.catalog.Prompt;
import dev.roost.mcp.catalog.Resource;
import dev.roost.mcp.catalog.ResourceTemplate;
import dev.roost.mcp.catalog.ServerInfo;
import dev.roost.mcp.catalog.Tool;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Everything that Roost offers to agents, in an order that never changes. */
public final class AgentCatalog {
    private AgentCatalog() {}

    /**
     * Puts it together.
     *
     * @param families which tools are offered; resources and prompts always are
     * @param stateless the tools of mcp-twitter-noauth, and others of the kind that need no account: those that are in no
     *     family belong to {@link Family#STATELESS}
     * @param accounts empty where Roost keeps no accounts
     * @param changes where {@link AccountNews} announces
     */
    public static Catalog of(
            ServerInfo info,
            Set<Family> families,
            List<Tool> stateless,
            Optional<AccountTools> accounts,
            Changes changes) {
        Stream<Tool> kept = accounts.stream()
                .flatMap(tools -> Stream.of(tools.accounts(), tools.posts(), tools.reads()))
                .flatMap(List::stream);
        List<Tool> tools = Stream.concat(stateless.stream(), kept)
                .filter(tool -> isChosen(tool, families))
                .toList();
        Optional<AccountResources> resources = accounts.map(AccountTools::resources);
        return new Catalog(
                info,
                tools,
                resources(resources),
                templates(resources),
                prompts(accounts),
                changes,
                accounts.<BiPredicate<String, Principal>>map(AccountTools::audience)
                        .orElse((uri, principal) -> true));
    }

    private static boolean isChosen(Tool tool, Set<Family> families) {
        boolean inNone = EnumSet.allOf(Family.class).stream().noneMatch(family -> family.has(tool.name()));
        return inNone
                ? families.contains(Family.STATELESS)
                : families.stream().anyMatch(family -> family.has(tool.name()));
    }

    private static List<Resource> resources(Optional<AccountResources> accounts) {
        return Stream.concat(Stream.of(AccountResources.guide()), accounts.map(AccountResources::list).stream())
                .toList();
    }

    private static List<ResourceTemplate> templates(Optional<AccountResources> accounts) {
        return accounts.map(AccountResources::templates).orElse(List.of());
    }

    private static List<Prompt> prompts(Optional<AccountTools> accounts) {
        return Stream.concat(
                        accounts.map(tools -> Prompts.diagnose(tools.names())).stream(), Stream.of(Prompts.thread()))
                .toList();
    }
}
