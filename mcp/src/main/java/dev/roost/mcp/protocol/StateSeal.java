package dev.roost.mcp.protocol;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what a client keeps between two rounds of a request (2026-07-28, multi-round-trip requests): AES-256-GCM, good for 15
 * minutes, and only for the same caller and the same request. Safe for many threads.
 */
public final class StateSeal {
    private static final Duration LIFETIME = Duration.ofMinutes(15);
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final Supplier<Means> makeMeans;
    private final InstantSource clock;
    private Optional<Means> means = Optional.empty();

    /**
     * Seals with this key. Processes that answer the same clients need the same key.
     *
     * @param key 32 bytes
     * @throws IllegalArgumentException if it has another length
     */
    public StateSeal(byte[] key, SecureRandom random, InstantSource clock) {
        if (key.length != 32) {
            throw new IllegalArgumentException("the key has " + key.length + " bytes; it must have 32");
        }
        this(() -> new Means(new SecretKeySpec(key, "AES"), random), clock);
    }

    private StateSeal(Supplier<Means> makeMeans, InstantSource clock) {
        this.makeMeans = makeMeans;
        this.clock = clock;
    }

    private record Means(SecretKeySpec key, SecureRandom random) {}

    /**
     * Seals with a key of its own, for a process that is alone.
     *
     * @param random is asked for when there is something to seal: most agents never need it, and it takes time to start
     */
    public static StateSeal ofThisProcess(Supplier<SecureRandom> random, InstantSource clock) {
        return new StateSeal(() -> drawn(random.get()), clock);
    }

    private static Means drawn(SecureRandom random) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return new Means(new SecretKeySpec(key, "AES"), random);
    }

    private synchronized Means means() {
        if (means.isEmpty()) {
            means = Optional.of(makeMeans.get());
        }
        return means.get();
    }

    String seal(byte[] content, byte[] bound) {
        byte[] nonce = new byte[NONCE];
        means().random().nextBytes(nonce);
        long until = clock.instant().plus(LIFETIME).getEpochSecond();
        byte[] plain = ByteBuffer.allocate(8 + content.length)
                .putLong(until)
                .put(content)
                .array();
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, bound).doFinal(plain);
            byte[] all = ByteBuffer.allocate(NONCE + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot seal with AES-GCM", e);
        }
    }

    /** Opens a sealed text; empty if it was changed, is too old, or belongs to another request or caller. */
    Optional<byte[]> open(String text, byte[] bound) {
        try {
            byte[] all = Base64.getUrlDecoder().decode(text);
            if (all.length <= NONCE) {
                return Optional.empty();
            }
            byte[] nonce = Arrays.copyOf(all, NONCE);
            ByteBuffer plain =
                    ByteBuffer.wrap(cipher(Cipher.DECRYPT_MODE, nonce, bound).doFinal(all, NONCE, all.length - NONCE));
            if (Instant.ofEpochSecond(plain.getLong()).isBefore(clock.instant())) {
                return Optional.empty();
            }
            byte[] content = new byte[plain.remaining()];
            plain.get(content);
            return Optional.of(content);
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] bound) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, means().key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bound);
        return cipher;
    }
}
