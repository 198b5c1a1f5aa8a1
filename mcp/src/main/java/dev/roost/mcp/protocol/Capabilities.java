package dev.roost.mcp.protocol;

import dev.roost.mcp.catalog.Ask;
import dev.roost.mcp.catalog.Catalog;
import dev.roost.mcp.catalog.Client;
import dev.roost.mcp.catalog.Question;
import tools.jackson.databind.node.ObjectNode;

/** What server and client can do. */
final class Capabilities {
    private Capabilities() {}

    static ObjectNode ofServer(Catalog catalog) {
        ObjectNode json = JsonRpc.object();
        json.putObject("logging");
        if (!catalog.tools().isEmpty()) {
            json.putObject("tools").put("listChanged", true);
        }
        if (!catalog.resources().isEmpty() || !catalog.templates().isEmpty()) {
            json.putObject("resources").put("subscribe", true).put("listChanged", true);
        }
        if (!catalog.prompts().isEmpty()) {
            json.putObject("prompts").put("listChanged", true);
        }
        json.putObject("completions");
        return json;
    }

    /** Returns what a client would have to declare for these questions and does not; empty if it can answer all. */
    static ObjectNode missing(Client client, Ask ask) {
        ObjectNode missing = JsonRpc.object();
        for (Question question : ask.questions().values()) {
            switch (question) {
                case Question.Form form
                when !client.canFillForms() -> missing.withObject("elicitation").putObject("form");
                case Question.Url url
                when !client.canOpenUrls() -> missing.withObject("elicitation").putObject("url");
                case Question.Sample sample when !client.canSample() -> missing.withObject("sampling");
                case Question.Roots roots when !client.canListRoots() -> missing.withObject("roots");
                case Question.Form form -> {}
                case Question.Url url -> {}
                case Question.Sample sample -> {}
                case Question.Roots roots -> {}
            }
        }
        return missing;
    }
}
