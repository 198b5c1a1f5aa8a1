package dev.roost.core;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals the answer to a call with a key that is made (HKDF, RFC 5869) of the token and credentials of that call and a
 * random key of this process: memory alone does not open it. AES-256-GCM with a random nonce; HMAC-SHA-256 names calls.
 * Safe for many threads.
 */
final class AnswerSeal {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte[] SEALING = "roost caller refresh: seal".getBytes(StandardCharsets.US_ASCII);
    private static final byte NAMING = 1;

    private final World world;
    private final byte[] processKey = new byte[KEY_BYTES];

    AnswerSeal(World world) {
        this.world = world;
        world.random().nextBytes(processKey);
    }

    /**
     * A call: this token, with these credentials.
     *
     * @param fingerprint stands for both; says nothing about them without the key of this process
     */
    record Call(CallerApp app, RefreshToken token, String fingerprint) {}

    /** Names a call. */
    Call call(CallerApp app, RefreshToken token) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(processKey, "HmacSHA256"));
            mac.update(NAMING);
            return new Call(app, token, HexFormat.of().formatHex(mac.doFinal(material(app, token))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM offers no HMAC-SHA-256", e);
        }
    }

    byte[] close(Call call, CallerAnswer.Rotated answer) {
        byte[] nonce = new byte[NONCE_BYTES];
        world.random().nextBytes(nonce);
        byte[] closed = crypt(Cipher.ENCRYPT_MODE, call, nonce, write(answer));
        byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + closed.length);
        System.arraycopy(closed, 0, both, NONCE_BYTES, closed.length);
        return both;
    }

    /** Opens what was closed for the same call. The answer says that it is a replay. */
    CallerAnswer.Rotated open(Call call, byte[] both) {
        byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
        byte[] closed = Arrays.copyOfRange(both, NONCE_BYTES, both.length);
        return read(crypt(Cipher.DECRYPT_MODE, call, nonce, closed));
    }

    private byte[] crypt(int mode, Call call, byte[] nonce, byte[] content) {
        try {
            SecretKey key = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(material(call.app(), call.token()))
                                    .addSalt(processKey)
                                    .thenExpand(SEALING, KEY_BYTES));
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(call.fingerprint().getBytes(StandardCharsets.US_ASCII));
            return cipher.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a kept answer could not be sealed or opened", e);
        }
    }

    /** Writes all parts with their lengths, so that no two calls look alike. */
    private static byte[] material(CallerApp app, RefreshToken token) {
        return bytes(out -> {
            put(out, app.clientId());
            put(out, app.clientSecret().map(Secret::expose));
            put(out, token.expose());
        });
    }

    private static byte[] write(CallerAnswer.Rotated answer) {
        return bytes(out -> {
            put(out, answer.tokens().access().expose());
            put(out, answer.tokens().refresh().expose());
            put(out, answer.expiresAt().toString());
            put(out, answer.scopes().map(Scopes::toString));
            out.writeBoolean(answer.hasNewRefreshToken());
            put(out, answer.keptAs().map(AccountId::value));
        });
    }

    private static CallerAnswer.Rotated read(byte[] content) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            return new CallerAnswer.Rotated(
                    new TokenPair(AccessToken.of(text(in)), RefreshToken.of(text(in))),
                    Instant.parse(text(in)),
                    perhaps(in).map(Scopes::parse),
                    in.readBoolean(),
                    true,
                    perhaps(in).map(AccountId::new));
        } catch (IOException e) {
            throw new UncheckedIOException("a kept answer is cut short", e);
        }
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void put(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static void put(DataOutputStream out, Optional<String> text) throws IOException {
        out.writeBoolean(text.isPresent());
        put(out, text.orElse(""));
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static Optional<String> perhaps(DataInputStream in) throws IOException {
        boolean present = in.readBoolean();
        return Optional.of(text(in)).filter(text -> present);
    }
}
