package dev.roost.server.mcp.accounts;

import dev.roost.core.Account;
import dev.roost.core.access.KeyScope;
import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.Schema;
import dev.roost.mcp.catalog.Tool;
import dev.roost.mcp.catalog.Tool.Hints;
import dev.roost.mcp.catalog.ToolOutcome;
import dev.roost.server.http.ProblemException;
import dev.roost.server.operations.MediaFiles;
import dev.roost.server.operations.MediaJson;
import dev.roost.x.MediaFile;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The tool that uploads. The content comes as an argument and in no other way: a path would let a remote caller read the
 * server's files, an address would let it reach the server's network.
 */
record Uploading(Errands errands, Means means) {
    /** X's limit for pictures; what is larger goes by the HTTP API, which streams. */
    private static final int MOST = 5 << 20;

    private static final int MOST_TEXT = (MOST + 2) / 3 * 4;
    private static final String ALLOWED = "standard Base64 (RFC 4648 section 4) with its padding, of 1 to " + MOST
            + " bytes, without spaces, line breaks or a data: prefix";

    Tool tool() {
        return new Tool(
                "twitter_upload_media",
                "Upload a picture or short video",
                "Uploads a picture, GIF or short video as the account and returns its media id. Give that as media_ids to"
                        + " twitter_post_tweet or twitter_reply_to_tweet with the same account, within 24 hours. Needs the scope media.write. At most 5 MB (5,242,880 bytes) here; larger GIFs (15 MB)"
                        + " and videos (512 MB) go by Roost's HTTP API, POST /v1/accounts/{account}/media. state pending or"
                        + " in_progress: X is still looking at it. Errors: x_not_permitted (the scope is missing: call"
                        + " twitter_connect_account with scopes media.write), invalid_request (type, size or Base64).",
                Hints.ADDS,
                Schema.closed(
                        Shape.account(),
                        Schema.required(
                                "data",
                                Schema.string("The content as " + ALLOWED + ".")
                                        .put("minLength", 4)
                                        .put("maxLength", MOST_TEXT)),
                        Schema.required(
                                "media_type",
                                Schema.oneOf(
                                        "What it is. Pictures may have 5 MB.",
                                        List.of(
                                                "image/jpeg",
                                                "image/png",
                                                "image/webp",
                                                "image/bmp",
                                                "image/tiff",
                                                "image/gif",
                                                "video/mp4",
                                                "video/quicktime",
                                                "video/webm",
                                                "video/mp2t"))),
                        Schema.optional(
                                "category",
                                Schema.oneOf(
                                        "What it is for; for a post if it is left out.",
                                        MediaFile.CATEGORIES.stream().sorted().toList()))),
                Optional.of(Shape.output(
                        Schema.required("id", Schema.string("The media id.")),
                        Schema.required("mediaKey", Schema.string("X's other name of it.")),
                        Schema.required("expiresAfterSeconds", Schema.integer("How long a post may name it.")),
                        Schema.required("state", Schema.string("pending, in_progress or succeeded.")))),
                errands.body("media.upload", KeyScope.X_WRITE, this::uploaded));
    }

    private ToolOutcome uploaded(Account account, Args args, Call call) {
        byte[] content = content(args.text("data").orElse(""));
        MediaFile file = MediaFiles.file(
                args.text("media_type").orElse(""),
                args.text("category"),
                content.length,
                new ByteArrayInputStream(content));
        var answer = new MediaFiles(means.x()).upload(account.id(), file);
        return Answers.result(MediaJson.of(means.x().answers().done(answer).value()));
    }

    /** Java's decoder takes a text without its padding; a text cut short would be taken for whole. */
    private static byte[] content(String text) {
        try {
            byte[] content = Base64.getDecoder().decode(text);
            if (text.length() % 4 == 0 && content.length > 0 && content.length <= MOST) {
                return content;
            }
        } catch (IllegalArgumentException e) {
            // Its message repeats a part of what was given.
        }
        throw ProblemException.invalid(
                "\"data\" has " + text.length() + " characters and is not allowed so; allowed: " + ALLOWED);
    }
}
