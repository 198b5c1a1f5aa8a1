package dev.roost.server.operations;

import dev.roost.core.AccountId;
import dev.roost.server.http.ProblemException;
import dev.roost.x.Media;
import dev.roost.x.MediaFile;
import dev.roost.x.XReply;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/** Uploads of an account. The keeper's exceptions come through when there is no token. Safe for many threads. */
public final class MediaFiles {
    private final Tools tools;

    /** Uploads by these. */
    public MediaFiles(Tools tools) {
        this.tools = tools;
    }

    /**
     * Describes a file to be uploaded.
     *
     * @param type its media type, with parameters or without
     * @param length its size in bytes
     * @throws ProblemException if X takes no such thing; the message says what it takes
     */
    public static MediaFile file(String type, Optional<String> category, long length, InputStream content) {
        try {
            String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            return new MediaFile(bare, category, length, content);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(String.valueOf(e.getMessage()));
        }
    }

    /** Uploads a file and waits until X has looked at it. A broken content is a refusal like others. */
    public XReply<Media> upload(AccountId account, MediaFile file) {
        return tools.calls().call(account, caller -> tools.api().media().upload(caller, file));
    }

    /** Returns how far X is with an upload. */
    public XReply<Media> status(AccountId account, String id) {
        return tools.calls().call(account, caller -> tools.api().media().status(caller, id));
    }
}
