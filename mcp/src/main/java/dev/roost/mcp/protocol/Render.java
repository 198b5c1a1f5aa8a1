package dev.roost.mcp.protocol;

import dev.roost.mcp.catalog.Content;
import dev.roost.mcp.catalog.Icon;
import dev.roost.mcp.catalog.Prompt;
import dev.roost.mcp.catalog.PromptOutcome;
import dev.roost.mcp.catalog.Question;
import dev.roost.mcp.catalog.Resource;
import dev.roost.mcp.catalog.ResourceContent;
import dev.roost.mcp.catalog.ResourceTemplate;
import dev.roost.mcp.catalog.ServerInfo;
import dev.roost.mcp.catalog.Tool;
import dev.roost.mcp.catalog.ToolResult;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the things of a catalog as the protocol wants them. */
final class Render {
    private Render() {}

    /** Only since 2026-07-28 may a structured result be something else than an object. */
    static ObjectNode tool(Tool tool, Revision revision) {
        ObjectNode json = JsonRpc.object().put("name", tool.name()).put("title", tool.title());
        json.put("description", tool.description());
        icons(json, tool.icons());
        json.set("inputSchema", tool.input());
        tool.output()
                .filter(schema ->
                        revision.isModern() || schema.path("type").asString("").equals("object"))
                .ifPresent(schema -> json.set("outputSchema", schema));
        json.putObject("annotations")
                .put("title", tool.title())
                .put("readOnlyHint", tool.hints().readOnly())
                .put("destructiveHint", tool.hints().destructive())
                .put("idempotentHint", tool.hints().idempotent())
                .put("openWorldHint", tool.hints().openWorld());
        return json;
    }

    static ObjectNode resource(Resource resource) {
        return JsonRpc.object()
                .put("uri", resource.uri())
                .put("name", resource.name())
                .put("title", resource.title())
                .put("description", resource.description())
                .put("mimeType", resource.mimeType());
    }

    static ObjectNode template(ResourceTemplate template) {
        return JsonRpc.object()
                .put("uriTemplate", template.uriTemplate())
                .put("name", template.name())
                .put("title", template.title())
                .put("description", template.description())
                .put("mimeType", template.mimeType());
    }

    static ObjectNode prompt(Prompt prompt) {
        ObjectNode json = JsonRpc.object()
                .put("name", prompt.name())
                .put("title", prompt.title())
                .put("description", prompt.description());
        ArrayNode arguments = json.putArray("arguments");
        prompt.arguments()
                .forEach(argument -> arguments
                        .addObject()
                        .put("name", argument.name())
                        .put("description", argument.description())
                        .put("required", argument.required()));
        return json;
    }

    /** What every modern result says of the server. */
    static ObjectNode name(ServerInfo info) {
        return JsonRpc.object()
                .put("name", info.name())
                .put("title", info.title())
                .put("version", info.version());
    }

    static ObjectNode info(ServerInfo info) {
        ObjectNode json = name(info).put("description", info.description());
        info.website().ifPresent(site -> json.put("websiteUrl", site.toString()));
        icons(json, info.icons());
        return json;
    }

    private static void icons(ObjectNode json, List<Icon> icons) {
        if (icons.isEmpty()) {
            return;
        }
        ArrayNode all = json.putArray("icons");
        for (Icon icon : icons) {
            ObjectNode one =
                    all.addObject().put("src", icon.source().toString()).put("mimeType", icon.mimeType());
            ArrayNode sizes = one.putArray("sizes");
            icon.sizes().forEach(sizes::add);
        }
    }

    static ObjectNode result(ToolResult result, Revision revision) {
        ObjectNode json = JsonRpc.object();
        ArrayNode content = json.putArray("content");
        result.content().forEach(one -> content.add(content(one, revision)));
        result.structured()
                .filter(value -> revision.isModern() || value.isObject())
                .ifPresent(value -> json.set("structuredContent", value));
        json.put("isError", result.isError());
        return json;
    }

    static ObjectNode messages(PromptOutcome.Messages messages, Revision revision) {
        ObjectNode json = JsonRpc.object().put("description", messages.description());
        ArrayNode all = json.putArray("messages");
        for (PromptOutcome.Message message : messages.all()) {
            ObjectNode one = all.addObject();
            one.put("role", message.role() == PromptOutcome.Role.USER ? "user" : "assistant");
            one.set("content", content(message.content(), revision));
        }
        return json;
    }

    /** Older clients take a kind of content that they do not know for a broken message. */
    static ObjectNode content(Content content, Revision revision) {
        return switch (content) {
            case Content.Text text -> text(text.text());
            case Content.Image image -> data("image", image.data(), image.mimeType());
            case Content.Audio audio
            when revision.hasWhatCameWith(Revision.R2025_03_26) -> data("audio", audio.data(), audio.mimeType());
            case Content.Audio audio -> text("(a sound, " + audio.mimeType() + ")");
            case Content.Link link
            when revision.hasWhatCameWith(Revision.R2025_06_18) ->
                JsonRpc.object()
                        .put("type", "resource_link")
                        .put("uri", link.uri())
                        .put("name", link.name())
                        .put("description", link.description())
                        .put("mimeType", link.mimeType());
            case Content.Link link -> text(link.name() + ": " + link.uri());
            case Content.Embedded embedded -> {
                ObjectNode json = JsonRpc.object().put("type", "resource");
                json.set("resource", content(embedded.resource()));
                yield json;
            }
        };
    }

    private static ObjectNode text(String text) {
        return JsonRpc.object().put("type", "text").put("text", text);
    }

    private static ObjectNode data(String type, String data, String mimeType) {
        return JsonRpc.object().put("type", type).put("data", data).put("mimeType", mimeType);
    }

    static ObjectNode content(ResourceContent content) {
        ObjectNode json = JsonRpc.object().put("uri", content.uri()).put("mimeType", content.mimeType());
        return switch (content) {
            case ResourceContent.Text text -> json.put("text", text.text());
            case ResourceContent.Blob blob -> json.put("blob", blob.base64());
        };
    }

    static String method(Question question) {
        return switch (question) {
            case Question.Form form -> "elicitation/create";
            case Question.Url url -> "elicitation/create";
            case Question.Sample sample -> "sampling/createMessage";
            case Question.Roots roots -> "roots/list";
        };
    }

    /** The mode of a form is left out: clients older than 2025-11-25 know no other and take no such member. */
    static ObjectNode parameters(Question question) {
        return switch (question) {
            case Question.Form form -> {
                ObjectNode json = JsonRpc.object().put("message", form.message());
                json.set("requestedSchema", form.schema());
                yield json;
            }
            case Question.Url url ->
                JsonRpc.object()
                        .put("mode", "url")
                        .put("message", url.message())
                        .put("url", url.url().toString());
            case Question.Sample sample -> sample.parameters();
            case Question.Roots roots -> JsonRpc.object();
        };
    }
}
