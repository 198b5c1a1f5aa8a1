package dev.roost.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of media that X tells apart, with the largest size in bytes and the start of the media key. */
enum MediaType {
    IMAGE(5L << 20, "3_", "image/jpeg image/png image/webp image/bmp image/pjpeg image/tiff"),
    GIF(15L << 20, "16_", "image/gif"),
    VIDEO(512L << 20, "7_", "video/mp4 video/webm video/mp2t video/quicktime");

    private final long maxBytes;
    private final String keyPrefix;
    private final String names;

    MediaType(long maxBytes, String keyPrefix, String names) {
        this.maxBytes = maxBytes;
        this.keyPrefix = keyPrefix;
        this.names = names;
    }

    /** The kind of a type such as {@code image/png}. */
    static Optional<MediaType> of(String name) {
        return Arrays.stream(values()).filter(kind -> kind.all().contains(name)).findFirst();
    }

    /** The commonest type of a category such as {@code tweet_image}; an image's, when there is no such category. */
    static String usual(String category) {
        return Arrays.stream(values())
                .filter(kind -> category.endsWith(kind.name().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(IMAGE)
                .all()
                .getFirst();
    }

    private List<String> all() {
        return List.of(names.split(" "));
    }

    long maxBytes() {
        return maxBytes;
    }

    String keyPrefix() {
        return keyPrefix;
    }

    /** Whether X takes time to process it after it is uploaded. */
    boolean isProcessed() {
        return this != IMAGE;
    }
}
