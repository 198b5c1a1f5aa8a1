package dev.roost.server.operations;

import dev.roost.x.XPage;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A part of a list as every door shows it.
 *
 * @param data posts as X wrote them
 * @param nextCursor leads to the next part; null at the end
 * @param errors what X could not show
 */
public record ListJson(JsonNode data, Optional<String> nextCursor, JsonNode errors) {
    /** Shows a page. */
    public static ListJson of(XPage page) {
        return new ListJson(page.data(), page.nextToken(), page.errors());
    }
}
