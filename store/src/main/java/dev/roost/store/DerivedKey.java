package dev.roost.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Keys for other purposes than sealing, made from the part of the keyset that never changes. */
final class DerivedKey {
    private DerivedKey() {}

    /** Returns 32 bytes for a purpose. */
    static byte[] of(Keyset keyset, String purpose) {
        try {
            String name = keyset.fingerprint("derived key", purpose);
            return MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }
}
