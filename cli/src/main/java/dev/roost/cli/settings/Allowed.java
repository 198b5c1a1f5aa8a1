package dev.roost.cli.settings;

import dev.roost.core.Scopes;
import dev.roost.core.alerting.WebhookTargets;
import dev.roost.server.oauth.ProtectedResource;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads one value each; whatever is not allowed is an {@link IllegalArgumentException} that says what is wrong with it. */
final class Allowed {
    private static final List<String> LEVELS = List.of("DEBUG", "INFO", "WARN", "ERROR");

    private Allowed() {}

    static int port(String text) {
        int port = Integer.parseInt(text);
        require(port >= 1 && port <= 65_535, "");
        return port;
    }

    static String host(String text) {
        require(text.matches("[A-Za-z0-9._:%\\[\\]-]+"), "");
        return text;
    }

    static URI address(String text) {
        URI uri = URI.create(text);
        require(Hosts.isSafe(uri) && uri.getRawUserInfo() == null, "");
        require(uri.getRawQuery() == null && uri.getRawFragment() == null, "");
        return uri;
    }

    static Optional<URI> collector(String text) {
        URI uri = URI.create(text);
        require("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()), "");
        require(uri.getHost() != null && uri.getRawUserInfo() == null, "");
        require(uri.getRawQuery() == null && uri.getRawFragment() == null, "");
        return Optional.of(uri);
    }

    static URI callback(String text) {
        URI uri = address(text);
        require(Settings.CALLBACK_PATH.equals(uri.getPath()), "");
        return uri;
    }

    static Scopes scopes(String text) {
        Scopes scopes = Scopes.parse(text);
        require(scopes.values().stream().allMatch(name -> name.matches("[a-z]+(\\.[a-z]+)+")), "");
        for (String needed : List.of("tweet.read", "users.read")) {
            require(scopes.has(needed), needed + " is missing: Roost could not ask X whose account it is");
        }
        require(
                scopes.has(Scopes.OFFLINE_ACCESS),
                "offline.access is missing: X would issue no refresh token, and the account be lost in two hours");
        return scopes;
    }

    static Optional<String> level(String text) {
        String level = text.toUpperCase(Locale.ROOT);
        require(LEVELS.contains(level), "");
        return Optional.of(level);
    }

    static String node(String text) {
        require(text.matches("[A-Za-z0-9._-]{1,60}"), "");
        return text;
    }

    static Set<String> origins(String text) {
        Set<String> origins = new LinkedHashSet<>(words(text.toLowerCase(Locale.ROOT)));
        for (String origin : origins) {
            require(origin.matches("https?://[a-z0-9.\\[\\]:-]+"), "");
        }
        return origins;
    }

    static Set<URI> returnUrls(String text) {
        return words(text).stream().map(Allowed::address).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static Optional<URI> issuer(String text) {
        return Optional.of(ProtectedResource.issuer(text));
    }

    static Optional<URI> resource(String text) {
        return Optional.of(ProtectedResource.url(text));
    }

    static WebhookTargets webhookTargets(String text) {
        return WebhookTargets.allowing(words(text));
    }

    static boolean truthful(String text) {
        require(text.equals("legacy") || text.equals("truthful"), "");
        return text.equals("truthful");
    }

    static Duration replayWindow(String text) {
        Duration window = Duration.parse(text);
        require(!window.isNegative() && window.compareTo(Duration.ofMinutes(10)) <= 0, "");
        return window;
    }

    static Duration kept(String text) {
        Duration kept = Duration.parse(text);
        require(kept.compareTo(Duration.ofDays(1)) >= 0 && kept.compareTo(Duration.ofDays(3650)) <= 0, "");
        return kept;
    }

    static Optional<Boolean> jsonLogs(String text) {
        require(text.equals("json") || text.equals("text"), "");
        return Optional.of(text.equals("json"));
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("[\\s,]+"));
    }

    private static void require(boolean holds, String why) {
        if (!holds) {
            throw new IllegalArgumentException(why);
        }
    }
}
