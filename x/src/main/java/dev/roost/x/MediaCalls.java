package dev.roost.x;

import dev.roost.core.Scopes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The single requests of which an upload consists. Safe for many threads. */
final class MediaCalls {
    private static final String UPLOAD = "/2/media/upload";
    private static final Permission PERMISSION = Permission.of(Scopes.of("media.write"));

    private final XCalls calls;

    MediaCalls(XCalls calls) {
        this.calls = calls;
    }

    /** Announces an upload and gets its id. */
    XReply<Media> initialize(XCaller caller, MediaFile file) {
        ObjectNode announced = Json.object()
                .put("media_type", file.type())
                .put("total_bytes", file.totalBytes())
                .put("media_category", file.wireCategory());
        return calls.ask(
                caller,
                ApiCall.writing("POST", UPLOAD + "/initialize", Media::read)
                        .needing(PERMISSION)
                        .sending(announced));
    }

    /** Sends one segment; any success without {@code errors} is one, as X once answered with nothing at all. */
    XReply<Integer> append(XCaller caller, Media media, int index, byte[] segment) {
        Multipart content = Multipart.segment(index, segment);
        return calls.ask(
                caller,
                ApiCall.writing("POST", UPLOAD + "/" + media.id() + "/append", data -> Optional.of(index))
                        .yielding(answer -> answer.path("errors").isEmpty() ? Optional.of(index) : Optional.empty())
                        .needing(PERMISSION)
                        .sending(content.body(), content.type()));
    }

    /** Says that all segments are there. */
    XReply<Progress> finish(XCaller caller, Media media) {
        return calls.ask(
                caller,
                ApiCall.writing("POST", UPLOAD + "/" + media.id() + "/finalize", Progress::read)
                        .needing(PERMISSION));
    }

    /** Asks how far X is. */
    XReply<Progress> status(XCaller caller, String id) {
        return calls.ask(
                caller,
                ApiCall.reading(UPLOAD, Progress::read)
                        .needing(PERMISSION)
                        .asking(new java.util.TreeMap<>(Map.of("command", "STATUS", "media_id", id))));
    }

    /**
     * How far X is with an upload.
     *
     * @param checkAfter how long X asks to be left alone; zero when it does not say
     * @param failure what X says is wrong with it, not yet fit to be shown
     */
    record Progress(Media media, Duration checkAfter, String failure) {
        static Optional<Progress> read(JsonNode data) {
            JsonNode processing = data.path("processing_info");
            JsonNode seconds = processing.path("check_after_secs");
            Duration wait = seconds.isIntegralNumber() && seconds.canConvertToInt()
                    ? Duration.ofSeconds(Math.max(0, seconds.intValue()))
                    : Duration.ZERO;
            String failure = Json.text(processing.path("error"), "message").orElse("");
            return Media.read(data).map(media -> new Progress(media, wait, failure));
        }
    }
}
