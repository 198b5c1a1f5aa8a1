package dev.roost.server.session;

import dev.roost.core.Secret;
import dev.roost.core.access.ApiKey;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Turns sessions into text that nobody can read or change, and back: AES-256-GCM. Safe for many threads. */
final class SessionSeal {
    /** What is sealed is a session of this form, and nothing else that the key may be used for one day. */
    private static final byte[] PURPOSE = "roost dashboard session 1".getBytes(StandardCharsets.UTF_8);

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY = 32;
    private static final int CSRF = 16;
    private static final int LONGEST = 512;

    private final SecretKeySpec key;
    private final SecureRandom random;

    /** @throws IllegalArgumentException if the key has not 32 bytes */
    SessionSeal(byte[] key, SecureRandom random) {
        if (key.length != KEY) {
            throw new IllegalArgumentException("the key has " + key.length + " bytes; it must have " + KEY);
        }
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    Secret newCsrf() {
        byte[] bytes = new byte[CSRF];
        random.nextBytes(bytes);
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    String seal(Session session) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] id = session.keyId().getBytes(StandardCharsets.US_ASCII);
        byte[] csrf = Base64.getUrlDecoder().decode(session.csrf().expose());
        byte[] plain = ByteBuffer.allocate(16 + csrf.length + id.length)
                .putLong(session.since().getEpochSecond())
                .putLong(session.usedAt().getEpochSecond())
                .put(csrf)
                .put(id)
                .array();
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(ByteBuffer.allocate(NONCE + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot seal with AES-GCM", e);
        }
    }

    /** Empty if it was changed, or sealed with another key. */
    Optional<Session> open(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            byte[] all = Base64.getUrlDecoder().decode(text);
            if (all.length <= NONCE) {
                return Optional.empty();
            }
            byte[] plain =
                    cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE)).doFinal(all, NONCE, all.length - NONCE);
            return Optional.of(read(ByteBuffer.wrap(plain))).filter(session -> ApiKey.isId(session.keyId()));
        } catch (IllegalArgumentException | GeneralSecurityException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static Session read(ByteBuffer plain) {
        Instant since = Instant.ofEpochSecond(plain.getLong());
        Instant usedAt = Instant.ofEpochSecond(plain.getLong());
        byte[] csrf = new byte[CSRF];
        plain.get(csrf);
        byte[] id = new byte[plain.remaining()];
        plain.get(id);
        return new Session(
                new String(id, StandardCharsets.US_ASCII),
                since,
                usedAt,
                Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(csrf)));
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(PURPOSE);
        return cipher;
    }
}
