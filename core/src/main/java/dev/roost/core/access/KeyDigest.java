package dev.roost.core.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 of a key's secret: all that is kept of it. No slow hash and no salt are needed, as they would be for a
 * password: the secret has 256 random bits, so nobody can find it by guessing, however fast the guesses are. Compared in
 * constant time.
 */
public final class KeyDigest {
    private static final int LENGTH = 32;
    /** Only copied: to look one up takes longer than the digest of a key. */
    private static final MessageDigest FRESH = sha256();

    private final byte[] bytes;

    private KeyDigest(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes the bytes of a digest as a store kept them.
     *
     * @throws IllegalArgumentException if they are not 32
     */
    public static KeyDigest of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a digest has " + bytes.length + " bytes; allowed: " + LENGTH);
        }
        return new KeyDigest(bytes.clone());
    }

    /** Computes the digest of a secret. */
    static KeyDigest ofSecret(String secret) {
        try {
            MessageDigest sha256 = (MessageDigest) FRESH.clone();
            return new KeyDigest(sha256.digest(secret.getBytes(StandardCharsets.US_ASCII)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this Java's SHA-256 cannot be copied", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** Returns its 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyDigest digest && MessageDigest.isEqual(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "***";
    }
}
