package dev.roost.x;

import dev.roost.core.RefreshToken;
import dev.roost.core.Secret;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What many tests need. */
final class Fixture {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final InstantSource CLOCK = InstantSource.fixed(NOW);
    static final String DATE = "Sun, 22 Nov 2026 12:00:00 GMT";
    static final RefreshToken REFRESH =
            RefreshToken.of("cmVmcmVzaC10b2tlbi1jYW5hcnktMTIzNDU2Nzg5MDEyMzQ1Njc4OTA6MTpydDox");
    static final Secret CLIENT_SECRET = Secret.of("s3cr3t-canary_ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789");

    private Fixture() {}

    /** Settings for a server on loopback that answers, however busy the machine is. */
    static XSettings settings(URI api, Optional<Secret> secret) {
        return settings(api, secret, Duration.ofSeconds(20));
    }

    /** Settings that leave all the time to connecting if need be. */
    static XSettings settings(URI api, Optional<Secret> secret, Duration answer) {
        return settings(api, secret, answer.minusMillis(1), answer);
    }

    static XSettings settings(URI api, Optional<Secret> secret, Duration connect, Duration answer) {
        return new XSettings("client-1", secret, XSettings.AUTHORIZE_URL, api, connect, answer);
    }

    static XTokenEndpoint endpoint(XSettings settings, XTransport transport) {
        return new XTokenEndpoint(settings, transport, CLOCK, new Random(7));
    }

    /** An answer; headers as name and value in turn. */
    static Delivery.Answered answer(int status, String contentType, String body, String... headers) {
        Map<String, List<String>> map = new LinkedHashMap<>();
        if (!contentType.isEmpty()) {
            map.put("Content-Type", List.of(contentType));
        }
        for (int i = 0; i < headers.length; i += 2) {
            map.computeIfAbsent(headers[i], name -> new ArrayList<>()).add(headers[i + 1]);
        }
        return new Delivery.Answered(status, HttpHeaders.of(map, (name, value) -> true), body);
    }

    static Delivery.Answered json(int status, String body, String... headers) {
        return answer(status, "application/json; charset=utf-8", body, headers);
    }

    /** X's error body (RFC 6749 section 5.2). */
    static String error(String error, String description) {
        return "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}";
    }
}
