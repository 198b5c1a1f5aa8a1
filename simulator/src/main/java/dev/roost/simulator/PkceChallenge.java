package dev.roost.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * What a code verifier must match, RFC 7636 section 4.6.
 *
 * @param value the challenge as sent
 * @param hashed whether it is the SHA-256 of the verifier (S256) or the verifier itself (plain)
 */
record PkceChallenge(String value, boolean hashed) {

    boolean isMetBy(String verifier) {
        return value.equals(hashed ? sha256(verifier) : verifier);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks SHA-256, which every JDK must have", e);
        }
    }
}
