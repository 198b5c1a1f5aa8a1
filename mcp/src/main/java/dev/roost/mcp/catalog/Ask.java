package dev.roost.mcp.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Questions to the client or its person. The same body runs again with the answers ({@link Call#answer}), in whatever way the
 * client's protocol revision carries them: as requests of the server (2025-11-25 and older), or as a multi-round-trip result
 * (2026-07-28).
 *
 * @param questions by names of the body's own
 * @param state comes back as {@link Call#state()}. The client may keep it meanwhile, sealed: it can neither read nor change it,
 *     nor use it for another call or as another principal
 */
public record Ask(Map<String, Question> questions, Optional<JsonNode> state)
        implements ToolOutcome, ResourceOutcome, PromptOutcome {
    /** Copies the map, and keeps its order. */
    public Ask {
        questions = Collections.unmodifiableMap(new LinkedHashMap<>(questions));
        if (questions.isEmpty() && state.isEmpty()) {
            throw new IllegalArgumentException("an ask needs a question or a state");
        }
    }

    /** One question. */
    public Ask(String name, Question question, Optional<JsonNode> state) {
        this(Map.of(name, question), state);
    }
}
