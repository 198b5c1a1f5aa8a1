package dev.roost.server.guide.tools;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals an answer with a key made of the secrets of the call that it answers and of this process: who has the memory but
 * not the call cannot read it. AES-256-GCM with a random nonce. Safe for many threads.
 */
final class SealedAnswers {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Fingerprints keys;
    private final RandomGenerator random;

    SealedAnswers(RandomGenerator random) {
        this.keys = new Fingerprints(random);
        this.random = random;
    }

    /** A sealed answer: nonce, then text. */
    static final class Sealed {
        private final byte[] bytes;

        private Sealed(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /** @param call the secrets of the call */
    Sealed close(String answer, String... call) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] closed = crypt(Cipher.ENCRYPT_MODE, nonce, answer.getBytes(StandardCharsets.UTF_8), call);
        byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + closed.length);
        System.arraycopy(closed, 0, all, NONCE_BYTES, closed.length);
        return new Sealed(all);
    }

    String open(Sealed sealed, String... call) {
        byte[] nonce = Arrays.copyOf(sealed.bytes, NONCE_BYTES);
        byte[] closed = Arrays.copyOfRange(sealed.bytes, NONCE_BYTES, sealed.bytes.length);
        return new String(crypt(Cipher.DECRYPT_MODE, nonce, closed, call), StandardCharsets.UTF_8);
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] content, String... call) {
        try {
            byte[] key = HexFormat.of().parseHex(keys.of(call));
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a kept answer could not be sealed or opened", e);
        }
    }
}
