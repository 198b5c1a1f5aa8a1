package dev.roost.proof.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a receiver in Java checks a signature; docs/webhooks.md shows this very method. */
final class SampleVerifier {
    private SampleVerifier() {}

    static boolean isFromRoost(String secret, Map<String, String> headers, String body)
            throws GeneralSecurityException {
        String signed = headers.get("webhook-id") + "." + headers.get("webhook-timestamp") + "." + body;
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
        String mine = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        boolean right = false;
        for (String theirs : headers.getOrDefault("webhook-signature", "").split(" ", -1)) {
            right |= MessageDigest.isEqual(
                    mine.getBytes(StandardCharsets.UTF_8), theirs.getBytes(StandardCharsets.UTF_8));
        }
        long age = Instant.now().getEpochSecond() - Long.parseLong(headers.getOrDefault("webhook-timestamp", "0"));
        return right && Math.abs(age) < 300;
    }
}
