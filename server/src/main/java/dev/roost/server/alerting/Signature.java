package dev.roost.server.alerting;

import dev.roost.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs by the Standard Webhooks specification, version 1.0.0: HMAC-SHA256 over id, time and body. */
final class Signature {
    private static final String HMAC = "HmacSHA256";
    private static final String PREFIX = "whsec_";

    private Signature() {}

    /** Returns the three headers; one signature for each secret. */
    static Map<String, String> headers(String id, Instant at, byte[] body, List<Secret> secrets) {
        String seconds = Long.toString(at.getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", seconds);
        headers.put(
                "webhook-signature",
                secrets.stream()
                        .map(secret -> "v1," + sign(id + "." + seconds + ".", body, secret))
                        .collect(Collectors.joining(" ")));
        return headers;
    }

    private static String sign(String before, byte[] body, Secret secret) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            byte[] key = Base64.getDecoder().decode(secret.expose().substring(PREFIX.length()));
            mac.init(new SecretKeySpec(key, HMAC));
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + HMAC, e);
        }
    }
}
