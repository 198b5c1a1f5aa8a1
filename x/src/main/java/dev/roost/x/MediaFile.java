package dev.roost.x;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A picture or video to be uploaded.
 *
 * @param type its media type, such as {@code image/png}
 * @param category what X is to use it for, one of {@link #CATEGORIES}; empty for a post
 * @param totalBytes its exact size; an image has at most 5 MB, a GIF 15, a video 512 (of 1024 times 1024 bytes)
 * @param content read once, from its present position, by {@link XMedia#upload}, which does not close it
 */
public record MediaFile(String type, Optional<String> category, long totalBytes, InputStream content) {
    /** What X knows to do with media. */
    public static final Set<String> CATEGORIES =
            Set.of("tweet_image", "tweet_gif", "tweet_video", "amplify_video", "dm_image", "dm_gif", "dm_video");

    private static final long MEGABYTE = 1L << 20;

    private static final Kind IMAGE = new Kind("tweet_image", 5 * MEGABYTE);
    private static final Kind GIF = new Kind("tweet_gif", 15 * MEGABYTE);
    private static final Kind VIDEO = new Kind("tweet_video", 512 * MEGABYTE);

    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("image/jpeg", IMAGE),
            Map.entry("image/png", IMAGE),
            Map.entry("image/webp", IMAGE),
            Map.entry("image/bmp", IMAGE),
            Map.entry("image/tiff", IMAGE),
            Map.entry("image/gif", GIF),
            Map.entry("video/mp4", VIDEO),
            Map.entry("video/quicktime", VIDEO),
            Map.entry("video/webm", VIDEO),
            Map.entry("video/mp2t", VIDEO));

    /** @throws IllegalArgumentException if X takes no such type, category or size; the message says what it takes */
    public MediaFile {
        Kind kind = KINDS.get(type);
        if (kind == null) {
            throw new IllegalArgumentException(
                    "media type \"" + Censor.shown(type) + "\" is none that X takes; allowed is "
                            + String.join(", ", KINDS.keySet().stream().sorted().toList()));
        }
        if (category.isPresent() && !CATEGORIES.contains(category.get())) {
            throw new IllegalArgumentException("media category \"" + Censor.shown(category.get())
                    + "\" is none of X's; allowed is "
                    + String.join(", ", CATEGORIES.stream().sorted().toList()));
        }
        if (totalBytes < 1 || totalBytes > kind.limit()) {
            throw new IllegalArgumentException(
                    "the size of this " + type + " is " + totalBytes + " bytes; allowed is 1 to " + kind.limit());
        }
    }

    /** A file for a post. */
    public static MediaFile of(String type, long totalBytes, InputStream content) {
        return new MediaFile(type, Optional.empty(), totalBytes, content);
    }

    /**
     * Reads the next segment, and after the last one makes sure that there is no more.
     *
     * @throws IOException if the content cannot be read, or has another size than was given
     */
    byte[] segment(int index, int size) throws IOException {
        long begin = (long) index * size;
        int wanted = (int) Math.min(size, totalBytes - begin);
        byte[] bytes = content.readNBytes(wanted);
        if (bytes.length < wanted) {
            throw new EOFException("it ended after " + (begin + bytes.length) + " of " + totalBytes + " bytes");
        }
        if (begin + wanted == totalBytes && content.read() >= 0) {
            throw new IOException("it has more than the " + totalBytes + " bytes given as its size");
        }
        return bytes;
    }

    /** Returns the category to send. */
    String wireCategory() {
        Kind kind = KINDS.get(type);
        return category.orElse(kind == null ? "" : kind.category());
    }

    private record Kind(String category, long limit) {}
}
