package dev.roost.x;

import dev.roost.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One X app and where X is.
 *
 * @param clientId the OAuth 2.0 client id, not the API key; white space around it is dropped (failure F11)
 * @param clientSecret empty for a public client (Native App, Single Page App)
 * @param authorizeUrl the consent page, {@link #AUTHORIZE_URL} unless X is simulated
 * @param apiUrl what every API path is appended to, {@link #API_URL} unless X is simulated; a slash at its end is dropped
 * @param connectDeadline how long connecting may take
 * @param answerDeadline how long a whole exchange may take, from name lookup to the last byte of the body; once the request
 *     left, half as long again, at most 5 seconds, so that no answer is lost that came while this process stood still
 */
public record XSettings(
        String clientId,
        Optional<Secret> clientSecret,
        URI authorizeUrl,
        URI apiUrl,
        Duration connectDeadline,
        Duration answerDeadline) {
    /** Where people consent. */
    public static final URI AUTHORIZE_URL = URI.create("https://x.com/i/oauth2/authorize");

    /** Where the token endpoint and API v2 are. */
    public static final URI API_URL = URI.create("https://api.x.com");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** @throws IllegalArgumentException if a part is not usable; the message names it and what is allowed */
    public XSettings {
        clientId = checkedId(clientId.strip());
        clientSecret.ifPresent(XSettings::checkSecret);
        authorizeUrl = checkedUrl("authorizeUrl", authorizeUrl);
        apiUrl = checkedUrl("apiUrl", apiUrl);
        if (!connectDeadline.isPositive()) {
            throw new IllegalArgumentException(
                    "connectDeadline is " + connectDeadline + "; allowed is any positive duration, such as PT5S");
        }
        if (answerDeadline.compareTo(connectDeadline) <= 0) {
            throw new IllegalArgumentException("answerDeadline is " + answerDeadline
                    + "; allowed is more than connectDeadline, " + connectDeadline + ", such as PT30S");
        }
    }

    /** An app at X itself, with 5 seconds to connect and 30 to answer. */
    public static XSettings of(String clientId, Optional<Secret> clientSecret) {
        return new XSettings(
                clientId, clientSecret, AUTHORIZE_URL, API_URL, Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    /**
     * Another app at the same X; {@link XTransport} may be shared with it, since it knows no app.
     *
     * @throws IllegalArgumentException if id or secret is not usable
     */
    public XSettings forApp(String otherId, Optional<Secret> otherSecret) {
        return new XSettings(otherId, otherSecret, authorizeUrl, apiUrl, connectDeadline, answerDeadline);
    }

    /** Tells whether the app has a secret, and so must prove itself by a Basic header. */
    public boolean isConfidential() {
        return clientSecret.isPresent();
    }

    /** Returns the address of an API path, which begins with a slash. */
    URI api(String path) {
        return URI.create(apiUrl + path);
    }

    private static String checkedId(String id) {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("client id is empty; give the OAuth 2.0 client id of the app");
        }
        if (!id.chars().allMatch(c -> c > ' ' && c < 127 && c != ':' && c != '"' && c != '\'')) {
            throw new IllegalArgumentException(
                    "client id \"" + id.replaceAll("[^ -~]", "?")
                            + "\" has a space, quote, colon or unprintable character; copy it as the X developer portal shows it");
        }
        return id;
    }

    private static void checkSecret(Secret secret) {
        String raw = secret.expose();
        if (raw.startsWith("\"") || raw.startsWith("'")) {
            throw new IllegalArgumentException("client secret begins with a quote; give it without quotes");
        }
        if (!raw.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException(
                    "client secret has a space or a character outside ASCII; copy it as the X developer portal shows it");
        }
    }

    private static URI checkedUrl(String name, URI url) {
        String host = url.getHost();
        boolean loopback = host != null && LOOPBACK.contains(host);
        if (host == null || !("https".equals(url.getScheme()) || (loopback && "http".equals(url.getScheme())))) {
            throw new IllegalArgumentException(name + " is " + withoutUserInfo(url)
                    + "; allowed is an https address, or http on localhost, 127.0.0.1 or [::1]");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(name + " is " + withoutUserInfo(url)
                    + " with a user, query or fragment; allowed is scheme, host, port and path only");
        }
        String text = url.toString();
        return text.endsWith("/") ? URI.create(text.replaceAll("/+$", "")) : url;
    }

    private static String withoutUserInfo(URI url) {
        return url.toString().replaceAll("//[^/@]*@", "//***@").replaceAll("[?#].*", "");
    }
}
