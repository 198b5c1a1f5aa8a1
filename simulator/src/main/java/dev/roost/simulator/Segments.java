package dev.roost.simulator;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The segments of an upload: their digest and size. A segment that comes before its turn is kept until then, no longer.
 * Guarded by the lock of {@link World}.
 */
final class Segments {

    private final Map<Integer, String> digests = new HashMap<>();
    private final Map<Integer, byte[]> early = new HashMap<>();
    private final MessageDigest whole = sha256();
    private int next;
    private long bytes;

    /**
     * Takes a segment in. The same one again changes nothing, so that a client may repeat what was not answered.
     *
     * @return whether it is new or the same as before
     */
    boolean add(int index, byte[] content) {
        String digest = HexFormat.of().formatHex(sha256().digest(content));
        String before = digests.putIfAbsent(index, digest);
        if (before != null) {
            return before.equals(digest);
        }
        bytes += content.length;
        early.put(index, content);
        for (Optional<byte[]> ready = takeNext(); ready.isPresent(); ready = takeNext()) {
            whole.update(ready.get());
        }
        return true;
    }

    private Optional<byte[]> takeNext() {
        Optional<byte[]> ready = Optional.ofNullable(early.remove(next));
        if (ready.isPresent()) {
            next++;
        }
        return ready;
    }

    /** What arrived, in bytes. */
    long bytes() {
        return bytes;
    }

    /** Whether no segment is missing before one that arrived. */
    boolean isWithoutGap() {
        return early.isEmpty();
    }

    /** SHA-256 of all segments up to the first gap, in hexadecimal. */
    String digest() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) whole.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 cannot be copied; use a JDK whose can", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256, which every JDK must have", e);
        }
    }
}
