package dev.roost.x;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One segment of an upload as {@code multipart/form-data} (RFC 7578), the form that X's own tools send: a third smaller
 * than base64 in JSON.
 *
 * @param type with the boundary
 */
record Multipart(String type, Body body) {
    /** The boundary is made of the segment's own digest, so the segment cannot hold it. */
    static Multipart segment(int index, byte[] bytes) {
        String boundary = "roost-" + digest(bytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 512);
        write(
                out,
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"segment_index\"\r\n\r\n" + index
                        + "\r\n");
        write(
                out,
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"media\"; filename=\"segment\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n");
        out.writeBytes(bytes);
        write(out, "\r\n--" + boundary + "--\r\n");
        return new Multipart("multipart/form-data; boundary=" + boundary, new Body.Bytes(out.toByteArray()));
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
        }
    }
}
