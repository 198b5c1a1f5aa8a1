package dev.roost.mcp.http;

import dev.roost.mcp.protocol.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The answers of a batch (JSON-RPC section 6), which go out together when none is missing. Safe for many threads. */
final class Gathered {
    private final Consumer<Optional<Answer>> end;
    private final List<JsonNode> answers = new ArrayList<>();
    private int missing;

    /**
     * Waits for so many.
     *
     * @param end gets them all as one array; empty if all were cancelled
     */
    Gathered(int missing, Consumer<Optional<Answer>> end) {
        this.missing = missing;
        this.end = end;
    }

    /** Takes one; empty if it was cancelled. */
    void add(Optional<JsonNode> answer) {
        Optional<Answer> all;
        synchronized (this) {
            answer.ifPresent(answers::add);
            missing--;
            if (missing > 0) {
                return;
            }
            all = answers.isEmpty() ? Optional.empty() : Optional.of(Answer.of(array()));
        }
        end.accept(all);
    }

    private ArrayNode array() {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        answers.forEach(array::add);
        return array;
    }
}
