package dev.roost.x;

import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.roost.core.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes and sends the form posts of one app in the one form that X is known to accept from every kind of app: the client
 * id in the body, and for an app with a secret a Basic header too, in standard padded base64 of the raw pair. RFC 6749
 * section 2.3.1 wants id and secret percent-encoded before; X refuses that. The secret never goes
 * into the body. Immutable; safe for many threads.
 */
final class TokenRequests {
    private final XSettings settings;
    private final XTransport transport;

    TokenRequests(XSettings settings, XTransport transport) {
        this.settings = settings;
        this.transport = transport;
    }

    /** Posts a grant to the token endpoint. */
    Delivery token(AuthorizationGrant grant) {
        return post("/2/oauth2/token", grant.toParameters(), settings.answerDeadline());
    }

    /** Posts one token to the revocation endpoint (RFC 7009 section 2.1). */
    Delivery revocation(Secret token, String hint, Duration deadline) {
        Map<String, List<String>> form = new LinkedHashMap<>();
        form.put("token", List.of(token.expose()));
        form.put("token_type_hint", List.of(hint));
        return post("/2/oauth2/revoke", form, deadline);
    }

    /** A censor of everything secret that a request with these secrets carries. */
    Censor censor(Secret... sent) {
        List<Secret> all = new ArrayList<>(List.of(sent));
        settings.clientSecret().ifPresent(secret -> {
            all.add(secret);
            all.add(Secret.of(pair(secret)));
        });
        return Censor.of(all);
    }

    private Delivery post(String path, Map<String, List<String>> parameters, Duration deadline) {
        Map<String, List<String>> form = new LinkedHashMap<>(parameters);
        form.put("client_id", List.of(settings.clientId()));
        String body = URLUtils.serializeParameters(form);
        return transport.send(new XRequest("POST", settings.api(path), headers(), Body.text(body), deadline));
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        settings.clientSecret().ifPresent(secret -> headers.put("Authorization", "Basic " + base64(pair(secret))));
        return Collections.unmodifiableMap(headers);
    }

    private String pair(Secret secret) {
        return settings.clientId() + ":" + secret.expose();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
