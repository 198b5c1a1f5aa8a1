package dev.roost.server.oauth;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds the keys of an authorization server by its metadata (RFC 8414, then OpenID Connect Discovery). Safe for many threads. */
final class KeyFinder {
    private static final String OAUTH = "/.well-known/oauth-authorization-server";
    private static final String OPENID = "/.well-known/openid-configuration";
    private static final int MOST_KEYS = 100;
    private static final int SHORTEST_RSA = 2048;

    private final URI issuer;
    private final Documents documents;

    KeyFinder(URI issuer, Documents documents) {
        this.issuer = issuer;
        this.documents = documents;
    }

    /** Asks at each address where metadata may be, until there is some; then for the keys. Blocks its caller. */
    KeyFinding find() {
        List<String> reasons = new ArrayList<>();
        for (URI address : addresses(issuer)) {
            switch (documents.get(address)) {
                case Fetched.Document document -> {
                    return byMetadata(address, document.json());
                }
                case Fetched.Absent absent -> reasons.add(absent.why());
                case Fetched.Unreachable unreachable -> {
                    return new KeyFinding.Failure(unreachable.why());
                }
            }
        }
        return new KeyFinding.Failure(String.join("; ", reasons));
    }

    /** Returns where metadata may be, in the order in which the MCP specification has it. */
    static List<URI> addresses(URI issuer) {
        String path = Optional.ofNullable(issuer.getRawPath()).orElse("").replaceFirst("/+$", "");
        String host = issuer.getScheme() + "://" + issuer.getRawAuthority();
        return path.isEmpty()
                ? List.of(URI.create(host + OAUTH), URI.create(host + OPENID))
                : List.of(
                        URI.create(host + OAUTH + path),
                        URI.create(host + OPENID + path),
                        URI.create(host + path + OPENID));
    }

    /** Metadata that names another issuer may come from anybody (RFC 8414 section 3.3), so nothing in it is used. */
    private KeyFinding byMetadata(URI address, ObjectNode metadata) {
        if (!metadata.path("issuer").asString("").equals(issuer.toString())) {
            return new KeyFinding.Failure(address + " names another issuer than " + issuer
                    + "; set ROOST_MCP_ISSUER to the issuer in there, to the letter");
        }
        Optional<URI> where = uri(metadata.path("jwks_uri").asString("")).filter(ProtectedResource::isSafe);
        return where.map(this::keysAt)
                .orElseGet(() -> new KeyFinding.Failure(address + " has no jwks_uri that begins with https"));
    }

    private KeyFinding keysAt(URI address) {
        return switch (documents.get(address)) {
            case Fetched.Document document -> keysIn(address, document.json());
            case Fetched.Absent absent -> new KeyFinding.Failure(absent.why());
            case Fetched.Unreachable unreachable -> new KeyFinding.Failure(unreachable.why());
        };
    }

    private static KeyFinding keysIn(URI address, ObjectNode document) {
        List<JWK> keys = document.path("keys").values().stream()
                .limit(MOST_KEYS)
                .flatMap(node -> usable(node).stream())
                .toList();
        return keys.isEmpty()
                ? new KeyFinding.Failure(address + " has no RSA or EC key")
                : new KeyFinding.Keys(new JWKSet(keys));
    }

    /** What is not understood is left out, as RFC 7517 section 5 wants it, and so is what could check no signature of ours. */
    private static Optional<JWK> usable(JsonNode node) {
        try {
            JWK key = JWK.parse(node.toString());
            boolean strong = key instanceof ECKey || (key instanceof RSAKey rsa && rsa.size() >= SHORTEST_RSA);
            return strong ? Optional.of(key.toPublicJWK()) : Optional.empty();
        } catch (ParseException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
