package dev.roost.cli.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows a value without what must not be seen: nothing of a secret is left, no prefix and no length. */
final class Mask {
    private static final String HIDDEN = "***";
    private static final Set<String> HARMLESS_OPTIONS =
            Set.of("sslmode", "ssl", "currentschema", "applicationname", "connecttimeout", "sockettimeout");

    private Mask() {}

    static String shown(Setting setting, String value) {
        return switch (setting) {
            case TWITTER_CLIENT_SECRET -> value.isBlank() ? "" : HIDDEN;
            case ROOST_DATABASE_URL -> databaseUrl(value);
            case ROOST_X_API_URL, ROOST_X_AUTHORIZE_URL, ROOST_CALLBACK_URL, ROOST_MCP_ISSUER, ROOST_MCP_RESOURCE ->
                withoutUser(value);
            default -> value;
        };
    }

    private static String databaseUrl(String url) {
        if (!url.isBlank() && !url.contains("://")) {
            return HIDDEN;
        }
        int query = url.indexOf('?');
        String address = withoutUser(query < 0 ? url : url.substring(0, query));
        if (query < 0) {
            return address;
        }
        return address
                + Arrays.stream(url.substring(query + 1).split("&"))
                        .map(Mask::option)
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String option(String option) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? "" : option.substring(0, equals);
        return HARMLESS_OPTIONS.contains(name.toLowerCase(Locale.ROOT)) ? option : name + "=" + HIDDEN;
    }

    /** The last at sign ends the user part, for a password may hold one as well. */
    private static String withoutUser(String url) {
        return url.replaceFirst("//.*@", "//" + HIDDEN + "@");
    }
}
