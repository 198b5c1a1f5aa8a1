package dev.roost.server.operations;

import dev.roost.server.http.Call;
import dev.roost.server.http.Parameters;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.server.http.Reply;
import dev.roost.server.http.RequestBody;
import dev.roost.x.Media;
import dev.roost.x.MediaFile;
import dev.roost.x.XReply;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/** Uploading pictures and videos. The content is passed on as it comes in; only a segment of it is in memory. */
record Uploads(Tools tools) {
    private record MediaJson(String id, String mediaKey, long expiresAfterSeconds, String state) {
        static MediaJson of(Media media) {
            return new MediaJson(
                    media.id(),
                    media.key(),
                    media.expiresAfterSecs(),
                    media.state().name().toLowerCase(Locale.ROOT));
        }
    }

    Reply upload(Call call) {
        var category = Parameters.of(call, "category")
                .text("category", "[a-z_]{1,40}", String.join(", ", MediaFile.CATEGORIES));
        String type = call.header("Content-Type")
                .orElseThrow(() -> ProblemException.invalid(
                        "say what the body is: Content-Type: image/png, or another type that X takes"));
        long length = call.contentLength()
                .orElseThrow(() -> new ProblemException(Problem.lasting(
                        411, "length_required", "X wants to know the size of an upload first; send Content-Length")));
        try (RequestBody content = call.stream()) {
            MediaFile file = file(type, category, length, content);
            XReply<Media> answer = tools.calls()
                    .call(call.account(), caller -> tools.api().media().upload(caller, file));
            if (content.isBroken()) {
                throw broken();
            }
            return tools.answers().reply(answer, media -> Reply.json(201, MediaJson.of(media)));
        } catch (IOException e) {
            throw broken();
        }
    }

    Reply status(Call call) {
        Parameters.of(call);
        String id = call.value("media");
        if (!id.matches("[0-9]{1,19}")) {
            throw ProblemException.invalid("that is no id of an upload; allowed: 1 to 19 digits");
        }
        XReply<Media> answer =
                tools.calls().call(call.account(), caller -> tools.api().media().status(caller, id));
        return tools.answers().read(answer, media -> Reply.json(200, MediaJson.of(media)));
    }

    private static ProblemException broken() {
        return new ProblemException(
                Problem.lasting(408, "body_missing", "the content did not come whole and in time; upload it again"));
    }

    private static MediaFile file(String type, Optional<String> category, long length, InputStream content) {
        try {
            String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            return new MediaFile(bare, category, length, content);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(String.valueOf(e.getMessage()));
        }
    }
}
