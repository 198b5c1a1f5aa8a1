package dev.roost.mcp.catalog;

import tools.jackson.databind.JsonNode;

/**
 * What a client says of itself; nobody checks it.
 *
 * @param name of the program; empty when it did not say
 * @param version of the program; empty when it did not say
 * @param capabilities as declared, an object
 */
public record Client(String name, String version, JsonNode capabilities) {
    /** Tells whether it can show a form. An empty {@code elicitation} means forms only. */
    public boolean canFillForms() {
        JsonNode elicitation = capabilities.path("elicitation");
        return elicitation.isObject() && (elicitation.has("form") || !elicitation.has("url"));
    }

    /** Tells whether it can send its person to a page. */
    public boolean canOpenUrls() {
        return capabilities.path("elicitation").path("url").isObject();
    }

    /** Tells whether it lets servers ask its model. */
    public boolean canSample() {
        return capabilities.path("sampling").isObject();
    }

    /** Tells whether it names its root folders. */
    public boolean canListRoots() {
        return capabilities.path("roots").isObject();
    }
}
