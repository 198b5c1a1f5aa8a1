package dev.roost.server.v1;

import dev.roost.core.SignIn;
import dev.roost.core.SignInStatus;
import java.net.URI;
import java.time.Instant;

/** How a connection stands, in the one word that the API has for it. */
public final class ConnectionStatus {
    private static final String PENDING = "pending";

    private ConnectionStatus() {}

    /** Returns pending, connected, denied, failed or expired. */
    public static String word(SignIn signIn, Instant now) {
        return switch (signIn.status()) {
            case SignInStatus.Pending s -> signIn.expiresAt().isAfter(now) ? PENDING : "expired";
            case SignInStatus.Exchanging s -> PENDING;
            case SignInStatus.Exchanged s -> PENDING;
            case SignInStatus.Connected s -> "connected";
            case SignInStatus.Denied s -> "denied";
            case SignInStatus.Expired s -> "expired";
            case SignInStatus.Failed s -> "failed";
        };
    }

    /** Returns where the person goes on, with id and word in the query. */
    public static URI onward(URI returnUrl, SignIn signIn, Instant now) {
        String text = returnUrl.toASCIIString();
        int hash = text.indexOf('#');
        String base = hash < 0 ? text : text.substring(0, hash);
        String fragment = hash < 0 ? "" : text.substring(hash);
        String joint = returnUrl.getRawQuery() == null ? "?" : "&";
        return URI.create(base + joint + "connectionId=" + signIn.id() + "&status=" + word(signIn, now) + fragment);
    }
}
