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

/** Uploading pictures and videos. The content is passed on as it comes in; only a segment of it is in memory. */
record Uploads(MediaFiles files, XAnswers answers) {
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
            XReply<Media> answer = files.upload(call.account(), MediaFiles.file(type, category, length, content));
            if (content.isBroken()) {
                throw broken();
            }
            return reply(201, answers.done(answer));
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
        return reply(200, answers.read(files.status(call.account(), id)));
    }

    private static ProblemException broken() {
        return new ProblemException(
                Problem.lasting(408, "body_missing", "the content did not come whole and in time; upload it again"));
    }

    private static Reply reply(int status, XReply.Ok<Media> media) {
        return Replies.json(status, MediaJson.of(media.value()), media.limits());
    }
}
