package dev.roost.store;

import java.nio.ByteBuffer;

/** A sealed secret: a Tink ciphertext, which names its key in the first bytes. */
final class Sealed {
    private static final byte TINK_PREFIX = 1;
    private static final int TINK_PREFIX_LENGTH = 5;

    private final byte[] bytes;

    private Sealed(byte[] bytes) {
        this.bytes = bytes;
    }

    static Sealed of(byte[] bytes) {
        return new Sealed(bytes.clone());
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** Returns the id of the key that it was sealed with; -1 if it is nothing sealed. */
    long keyId() {
        boolean isSealed = bytes.length > TINK_PREFIX_LENGTH && bytes[0] == TINK_PREFIX;
        return isSealed ? Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(1)) : -1;
    }
}
