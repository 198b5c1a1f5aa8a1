package dev.roost.server.dashboard.frame;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that pages need, under a name that changes with its content, so that browsers may keep it for good.
 *
 * @param name such as {@code dashboard.0123456789ab.css}
 * @param type its media type
 */
record Asset(String name, String type, String content) {
    private static final int SHOWN = 6;

    /** Reads a file of the class path; a text, in UTF-8. */
    static Asset read(String resource, String stem, String extension, String type) {
        try (InputStream in = Asset.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the build left out " + resource);
            }
            byte[] bytes = in.readAllBytes();
            return new Asset(
                    stem + "." + hash(bytes) + "." + extension, type, new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + resource, e);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, SHOWN);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
