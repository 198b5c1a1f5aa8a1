package dev.roost.x;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One page of a list, as X wrote it.
 *
 * @param data an array, empty when X left it out
 * @param nextToken where the next page begins; empty on the last
 * @param includes what posts refer to, an object, empty when X left it out
 * @param errors what X could not find, an array of problems, fit to be shown, empty when there are none
 */
public record XPage(JsonNode data, Optional<String> nextToken, JsonNode includes, JsonNode errors) {
    /**
     * Reads an answer. X leaves {@code data} out when nothing was found, and then counts 0 in {@code meta}; without both, or
     * with {@code errors} instead, it is no page (failure F34).
     */
    static Optional<XPage> read(ObjectNode answer, Censor censor) {
        JsonNode data = answer.path("data");
        JsonNode errors = answer.path("errors");
        boolean none =
                data.isMissingNode() && errors.isEmpty() && answer.path("meta").isObject();
        if (!data.isArray() && !none) {
            return Optional.empty();
        }
        return Optional.of(new XPage(
                none ? Json.array() : data,
                Json.text(answer.path("meta"), "next_token"),
                answer.path("includes").isObject() ? answer.path("includes") : Json.object(),
                errors.isArray() ? Json.cleaned(errors, censor) : Json.array()));
    }
}
