package dev.roost.mcp.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Everything that a server offers, in the order in which it is listed.
 *
 * @param info who the server is
 * @param tools unique by name
 * @param resources unique by URI
 * @param templates unique by URI template
 * @param prompts unique by name
 * @param changes tells of changes while it serves
 * @param audience who may hear that the resource of this URI changed; asked when a client wants to hear of it, and again before
 *     each time that it does, then on the thread that announces: it must be quick and must not throw
 */
public record Catalog(
        ServerInfo info,
        List<Tool> tools,
        List<Resource> resources,
        List<ResourceTemplate> templates,
        List<Prompt> prompts,
        Changes changes,
        BiPredicate<String, Principal> audience) {
    /** A catalog whose changes everybody may hear of. */
    public Catalog(
            ServerInfo info,
            List<Tool> tools,
            List<Resource> resources,
            List<ResourceTemplate> templates,
            List<Prompt> prompts,
            Changes changes) {
        this(info, tools, resources, templates, prompts, changes, (uri, principal) -> true);
    }

    /** @throws IllegalArgumentException if two things have the same name */
    public Catalog {
        tools = unique(tools, Tool::name);
        resources = unique(resources, Resource::uri);
        templates = unique(templates, ResourceTemplate::uriTemplate);
        prompts = unique(prompts, Prompt::name);
    }

    private static <T> List<T> unique(List<T> all, Function<T, String> name) {
        Set<String> seen = new HashSet<>();
        for (T one : all) {
            if (!seen.add(name.apply(one))) {
                throw new IllegalArgumentException("the catalog has two of the name " + name.apply(one));
            }
        }
        return List.copyOf(all);
    }
}
