package dev.roost.x;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * An upload as X knows it.
 *
 * @param id what a post names it by
 * @param key X's other name for it; empty when X named none
 * @param expiresAfterSecs how long it can be posted, in seconds; 0 when X did not say
 * @param state how far X is with it
 */
public record Media(String id, String key, long expiresAfterSecs, State state) {
    /** Reads {@code data} of any answer about an upload. */
    static Optional<Media> read(JsonNode data) {
        JsonNode seconds = data.path("expires_after_secs");
        return Json.text(data, "id")
                .filter(Checked::isId)
                .map(id -> new Media(
                        id,
                        Json.text(data, "media_key").orElse(""),
                        seconds.isIntegralNumber() && seconds.canConvertToLong() ? seconds.longValue() : 0,
                        State.read(data.path("processing_info"))));
    }

    /** The same with another's state; what that one leaves out stays. */
    Media updated(Media later) {
        return new Media(
                id,
                later.key.isEmpty() ? key : later.key,
                later.expiresAfterSecs == 0 ? expiresAfterSecs : later.expiresAfterSecs,
                later.state);
    }

    /** How far X is with an upload. */
    public enum State {
        /** X has not begun to look at it. */
        PENDING,
        /** X is looking at it. */
        IN_PROGRESS,
        /** It can be posted. */
        SUCCEEDED,
        /** X cannot use it. */
        FAILED;

        /** Without {@code processing_info} there is nothing to wait for; a state that is not known is one. */
        static State read(JsonNode processing) {
            if (!processing.isObject()) {
                return SUCCEEDED;
            }
            String said = Json.text(processing, "state").orElse("").toUpperCase(Locale.ROOT);
            return Stream.of(values())
                    .filter(state -> state.name().equals(said))
                    .findFirst()
                    .orElse(IN_PROGRESS);
        }

        /** Tells whether it will change no more. */
        public boolean isFinal() {
            return this == SUCCEEDED || this == FAILED;
        }
    }
}
