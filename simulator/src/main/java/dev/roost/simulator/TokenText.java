package dev.roost.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Writes tokens and codes as X does: base64url of {@code <45 chars>:<issue epoch ms>:1:0:<at|rt|ac>:1}. */
final class TokenText {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final int RANDOM_CHARS = 45;

    private final RandomGenerator random;

    TokenText(RandomGenerator random) {
        this.random = random;
    }

    String access(Instant issuedAt) {
        return write(issuedAt, "at");
    }

    String refresh(Instant issuedAt) {
        return write(issuedAt, "rt");
    }

    String code(Instant issuedAt) {
        return write(issuedAt, "ac");
    }

    private String write(Instant issuedAt, String kind) {
        String plain = chars(RANDOM_CHARS) + ":" + issuedAt.toEpochMilli() + ":1:0:" + kind + ":1";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }

    private String chars(int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
