package dev.roost.server.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * A small authorization server: publishes metadata and keys over HTTP, and signs whatever tokens a test wants. It knows
 * nothing of what Roost makes of them.
 */
public final class TestIssuer implements AutoCloseable {
    /** Where its metadata is, for an issuer without a path. */
    public static final String OAUTH = "/.well-known/oauth-authorization-server";

    /** Where OpenID Connect has it. */
    public static final String OPENID = "/.well-known/openid-configuration";

    /** Where its keys are. */
    public static final String KEYS = "/keys";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final InstantSource clock;
    private final String path;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<JWK> published = new CopyOnWriteArrayList<>();
    private volatile JWK key;
    private int made;

    /** What it does with a request. */
    @FunctionalInterface
    public interface Answer {
        /** Answers. */
        void to(HttpExchange exchange) throws IOException;
    }

    private TestIssuer(InstantSource clock, String path) {
        this.clock = clock;
        this.path = path;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        key = rsa(2048);
        published.add(key);
        answers.put(KEYS, exchange -> send(exchange, 200, new JWKSet(List.copyOf(published)).toString()));
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Starts one whose issuer has no path, with metadata where RFC 8414 has it. */
    public static TestIssuer start(InstantSource clock) {
        TestIssuer issuer = new TestIssuer(clock, "");
        issuer.metadataAt(OAUTH);
        return issuer;
    }

    /** Starts one whose issuer has this path; it has no metadata yet. */
    static TestIssuer withPath(InstantSource clock, String path) {
        return new TestIssuer(clock, path);
    }

    /** Returns its name. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** Shows its metadata at this path. */
    public void metadataAt(String where) {
        metadataAt(where, uri().toString(), uri().resolve(KEYS).toString());
    }

    /** Shows metadata of another kind at this path. */
    public void metadataAt(String where, String issuer, String keys) {
        json(where, "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + keys + "\"}");
    }

    /** Shows this at this path. */
    public void json(String where, String text) {
        on(where, exchange -> send(exchange, 200, text));
    }

    /** Answers this status at this path. */
    public void status(String where, int status) {
        on(where, exchange -> send(exchange, status, ""));
    }

    /** Answers so at this path. */
    public void on(String where, Answer answer) {
        answers.put(where, answer);
    }

    /** Returns the paths that it was asked for. */
    public List<String> asked() {
        return new ArrayList<>(asked);
    }

    /** Signs with this key from now on, which it does not publish. */
    void signWith(JWK other) {
        key = other;
    }

    /** Publishes the key that it signs with, and no other. */
    void publish() {
        published.clear();
        published.add(key);
    }

    /** Returns the key that it signs with. */
    public JWK key() {
        return key;
    }

    /** Makes an RSA key. */
    JWK rsa(int bits) {
        try {
            return new RSAKeyGenerator(bits, true).keyID("key-" + ++made).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes an EC key. */
    JWK ec(Curve curve) {
        try {
            return new ECKeyGenerator(curve).keyID("key-" + ++made).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns claims of a good token for an hour, for this audience. */
    public JWTClaimsSet.Builder claims(URI audience) {
        Instant now = clock.instant();
        return new JWTClaimsSet.Builder()
                .issuer(uri().toString())
                .audience(audience.toString())
                .subject("ada")
                .claim("client_id", "an-agent")
                .claim("scope", "x:read accounts:read")
                .jwtID("jti-1")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofHours(1))));
    }

    /** Signs a token of RFC 9068 as its key has it: RS256 or the ES of its curve. */
    public String token(JWTClaimsSet claims) {
        return token(claims, header -> header.type(new JOSEObjectType("at+jwt")));
    }

    /** Signs a token with another header. */
    public String token(JWTClaimsSet claims, UnaryOperator<JWSHeader.Builder> header) {
        JWSAlgorithm algorithm = key.getKeyType().getValue().equals("RSA")
                ? JWSAlgorithm.RS256
                : Curve.P_384.equals(key.toECKey().getCurve()) ? JWSAlgorithm.ES384 : JWSAlgorithm.ES256;
        return sign(
                header.apply(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()))
                        .build(),
                claims);
    }

    /** Signs a token with this header, whatever it says. */
    String sign(JWSHeader header, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new DefaultJWSSignerFactory().createJWSSigner(key, header.getAlgorithm()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String where = exchange.getRequestURI().getPath();
            asked.add(where);
            answers.getOrDefault(where, missing -> send(missing, 404, "")).to(exchange);
        }
    }

    /** Answers with this text. */
    static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
