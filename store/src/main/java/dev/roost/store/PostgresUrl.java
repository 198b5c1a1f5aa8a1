package dev.roost.store;

import dev.roost.core.Secret;
import dev.roost.store.Database.Postgres.Host;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text form of a {@link Database.Postgres}. */
final class PostgresUrl {
    private static final String FORM = "postgresql://user:password@host:port/database?option=value"
            + " (percent-encode special characters in the password; several hosts with commas between)";
    private static final Pattern HOST = Pattern.compile("(?<name>\\[[^\\]]+\\]|[^:@\\[\\]]+)(?::(?<port>[0-9]{1,6}))?");
    private static final int DEFAULT_PORT = 5432;

    private PostgresUrl() {}

    static Database.Postgres parse(String url) {
        URI uri = uri(url);
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        int at = authority.lastIndexOf('@');
        List<Host> hosts = hosts(authority.substring(at + 1));
        String path = uri.getRawPath();
        if (hosts.isEmpty() || path == null || path.length() < 2 || at < 0) {
            throw new IllegalArgumentException(
                    "the PostgreSQL address lacks a host, a database or a user; give " + FORM);
        }
        String userInfo = authority.substring(0, at);
        String[] user = userInfo.split(":", 2);
        Map<String, String> options = options(uri.getRawQuery());
        Optional<Secret> password = Optional.ofNullable(options.remove("password"))
                .or(() -> user.length == 2 && !user[1].isEmpty() ? Optional.of(decode(user[1])) : Optional.empty())
                .map(Secret::of);
        return new Database.Postgres(
                hosts,
                decode(path.substring(1)),
                decode(user[0]),
                password,
                options,
                10,
                Duration.ofSeconds(3),
                Duration.ofSeconds(10));
    }

    /** Returns none if one of them has another form. */
    private static List<Host> hosts(String text) {
        List<Host> hosts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher host = HOST.matcher(part);
            if (!host.matches()) {
                return List.of();
            }
            String port = host.group("port");
            hosts.add(new Host(host.group("name"), port == null ? DEFAULT_PORT : Integer.parseInt(port)));
        }
        return hosts;
    }

    // The parser's own exception would repeat the text, and with it the password.
    private static URI uri(String url) {
        String plain = url.strip().replaceFirst("^jdbc:", "").replaceFirst("^postgres:", "postgresql:");
        try {
            URI uri = new URI(plain);
            if (!"postgresql".equals(uri.getScheme())) {
                throw new IllegalArgumentException(
                        "the database address does not begin with postgresql:; give " + FORM);
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "the PostgreSQL address is not well formed at character " + e.getIndex() + "; give " + FORM);
        }
    }

    private static Map<String, String> options(@Nullable String query) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : query == null ? new String[0] : query.split("&", -1)) {
            String[] parts = option.split("=", 2);
            if (parts.length == 2) {
                options.put(decode(parts[0]), decode(parts[1]));
            }
        }
        return options;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
