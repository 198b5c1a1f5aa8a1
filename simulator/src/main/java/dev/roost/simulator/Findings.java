package dev.roost.simulator;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is wrong with the parameters of one request: X names all of it in one answer. For one thread. */
final class Findings {

    private final ArrayNode errors = Json.object().putArray("errors");

    void add(String parameter, String value, String message) {
        add(parameter, List.of(value), message);
    }

    void add(String parameter, List<String> values, String message) {
        ObjectNode error = errors.addObject();
        ArrayNode given = error.putObject("parameters").putArray(parameter);
        values.forEach(given::add);
        error.put("message", message);
    }

    /** Status 400 if there are findings. */
    Optional<Answer> refusal() {
        return errors.isEmpty() ? Optional.empty() : Optional.of(Problems.invalid(errors));
    }
}
