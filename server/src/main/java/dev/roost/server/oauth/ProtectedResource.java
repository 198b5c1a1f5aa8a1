package dev.roost.server.oauth;

import dev.roost.core.access.KeyScope;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * This server's MCP endpoint as a protected resource (RFC 9728): whose access tokens it takes, and for which audience.
 *
 * @param issuer the authorization server, to the letter as its metadata and its tokens name it
 * @param url the endpoint as agents reach it, which is the audience of their tokens (RFC 8707)
 */
public record ProtectedResource(URI issuer, URI url) {
    /** Where the metadata of a host's only protected resource is (RFC 9728 section 3). */
    public static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    /** Where the metadata of the MCP endpoint is. */
    public static final String METADATA = WELL_KNOWN + "/mcp";

    private static final String ENDPOINT = "/mcp";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** What agents can make use of. Nobody is asked for {@code admin}, nor for tokens, which never leave through MCP. */
    private static final List<KeyScope> OFFERED =
            List.of(KeyScope.ACCOUNTS_READ, KeyScope.ACCOUNTS_WRITE, KeyScope.X_READ, KeyScope.X_WRITE);

    /** @throws IllegalArgumentException as {@link #issuer(String)} and {@link #url(String)} */
    public ProtectedResource {
        checkIssuer(issuer);
        checkUrl(url);
    }

    /**
     * Reads the address of an authorization server.
     *
     * @throws IllegalArgumentException if it is not https, nor http on this machine, or has a user, a query or a fragment; the
     *     message says what to do, and does not repeat the text
     */
    public static URI issuer(String text) {
        URI issuer = parse(text);
        checkIssuer(issuer);
        return issuer;
    }

    /**
     * Reads the address of the MCP endpoint.
     *
     * @throws IllegalArgumentException as for {@link #issuer(String)}, and if its path does not end with {@code /mcp} or its
     *     host is not in lower case
     */
    public static URI url(String text) {
        URI url = parse(text);
        checkUrl(url);
        return url;
    }

    /** Returns where the metadata is, as agents reach it. */
    public URI metadataUrl() {
        String text = url.toString();
        return URI.create(text.substring(0, text.length() - ENDPOINT.length()) + METADATA);
    }

    /** Returns the metadata (RFC 9728 section 2), fit to be shown to anybody. */
    public Map<String, Object> metadata() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("resource", url.toString());
        members.put("authorization_servers", List.of(issuer.toString()));
        members.put("scopes_supported", OFFERED.stream().map(KeyScope::text).toList());
        members.put("bearer_methods_supported", List.of("header"));
        members.put("resource_name", "Roost");
        return members;
    }

    /** Tells whether keys may be fetched there: nobody on the way can change them. */
    static boolean isSafe(URI uri) {
        String host = uri.getHost();
        boolean encrypted = "https".equals(uri.getScheme());
        boolean here = "http".equals(uri.getScheme()) && host != null && LOOPBACK.contains(host);
        return host != null && (encrypted || here) && uri.getRawUserInfo() == null && uri.getRawFragment() == null;
    }

    private static URI parse(String text) {
        try {
            URI uri = new URI(text);
            if (uri.toASCIIString().equals(text)) {
                return uri;
            }
            throw new IllegalArgumentException("it has characters that an address cannot have; percent-encode them");
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("it is no address; write one that begins with https://");
        }
    }

    private static void checkIssuer(URI issuer) {
        if (!isSafe(issuer)) {
            throw new IllegalArgumentException(
                    "whoever is on the way could swap the keys that tokens are checked with; take"
                            + " the issuer from the authorization server's own metadata");
        }
        if (issuer.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "an issuer has no query; take it from the authorization server's metadata");
        }
    }

    private static void checkUrl(URI url) {
        boolean whole = isSafe(url) && url.getRawQuery() == null;
        if (!whole || url.getRawPath() == null || !url.getRawPath().endsWith(ENDPOINT)) {
            throw new IllegalArgumentException(
                    "that is not where agents reach /mcp; set the address that they use, as in https://roost.example.com/mcp");
        }
        if (!url.getHost().equals(url.getHost().toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "agents ask for tokens with the host in lower case, and the audience must be the same; write it so");
        }
    }
}
