package dev.roost.cli.settings;

import static dev.roost.cli.settings.Setting.TWITTER_CLIENT_ID;
import static dev.roost.cli.settings.Setting.TWITTER_CLIENT_SECRET;

import dev.roost.core.Secret;
import dev.roost.x.XSettings;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the X app out of the settings. */
record AppSettings(Values values) {
    /** What examples have in the place of a value. */
    private static final Pattern PLACEHOLDER =
            Pattern.compile("(?i)(your[_ -].*|<.*>|\\$\\{.*}|change[_-]?me|placeholder|todo|x{3,}|\\.{3}|…)");

    Optional<XSettings> read(URI authorizeUrl, URI apiUrl) {
        Optional<String> id = values.get(TWITTER_CLIENT_ID);
        Optional<Secret> secret = values.read(TWITTER_CLIENT_SECRET, Optional.empty(), AppSettings::secret);
        if (id.isEmpty() && secret.isPresent()) {
            values.refuse(TWITTER_CLIENT_ID, "but TWITTER_CLIENT_SECRET is; set both, or neither");
        }
        return id.isEmpty()
                ? Optional.empty()
                : values.read(TWITTER_CLIENT_ID, Optional.empty(), text -> app(text, secret, authorizeUrl, apiUrl));
    }

    private Optional<XSettings> app(String id, Optional<Secret> secret, URI authorizeUrl, URI apiUrl) {
        refusePlaceholder(id);
        XSettings standard = XSettings.of(id, Optional.empty());
        try {
            return Optional.of(new XSettings(
                    id, secret, authorizeUrl, apiUrl, standard.connectDeadline(), standard.answerDeadline()));
        } catch (IllegalArgumentException e) {
            values.refuse(TWITTER_CLIENT_SECRET, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static Optional<Secret> secret(String text) {
        refusePlaceholder(text);
        return Optional.of(Secret.of(text));
    }

    private static void refusePlaceholder(String text) {
        if (PLACEHOLDER.matcher(text).matches()) {
            throw new IllegalArgumentException("this is the placeholder of an example; put your app's own value there");
        }
    }
}
