package dev.roost.cli.settings;

import dev.roost.core.Scopes;
import dev.roost.core.Secret;
import dev.roost.store.Database;
import dev.roost.x.XSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of one process, checked. {@link Setting} says what each means.
 *
 * @param app the X app; empty when no client id is set, for some commands need none
 * @param data the folder of database, keyset and spool
 * @param database which database
 * @param keysetFile where the keys are
 * @param epochFile where it is noted how far the database was
 * @param port the port to listen on
 * @param host the address to listen on
 * @param callbackUrl where X sends people back to
 * @param scopes what to ask people for
 * @param apiUrl where X's API is
 * @param http the HTTP API
 * @param mcp what agents get
 * @param keep how long what happened is kept
 * @param jsonLogs whether log lines are JSON; empty when nobody said
 * @param logLevel how much to log; empty when nobody said
 * @param traces where traces go; empty when there are none
 * @param node the name of the process
 * @param clockOffset how far the clock is turned
 * @param effective every setting as it stands, in the order of {@link Setting}
 */
public record Settings(
        Optional<XSettings> app,
        Path data,
        Database database,
        Path keysetFile,
        Path epochFile,
        int port,
        String host,
        URI callbackUrl,
        Scopes scopes,
        URI apiUrl,
        HttpSettings http,
        McpSettings mcp,
        KeepSettings keep,
        Optional<Boolean> jsonLogs,
        Optional<String> logLevel,
        Optional<URI> traces,
        String node,
        Duration clockOffset,
        List<Effective> effective) {

    /** The path of the callback; the server answers it there. */
    public static final String CALLBACK_PATH = "/auth/twitter/callback";

    /** Copies the list. */
    public Settings {
        effective = List.copyOf(effective);
    }

    /**
     * One setting as it stands.
     *
     * @param setting which
     * @param shown its value, fit to be shown: secrets are masked
     * @param origin where it comes from
     */
    public record Effective(Setting setting, String shown, Origin origin) {}

    /**
     * Reads the settings from these environment variables and the settings file.
     *
     * @throws SettingsException if anything is wrong; it says all that is
     */
    public static Settings read(Map<String, String> environment) {
        return SettingsReader.read(environment);
    }

    /**
     * Returns the X app.
     *
     * @throws SettingsException if none is set
     */
    public XSettings requireApp() {
        return app.orElseThrow(Settings::appMissing);
    }

    /** Returns what to say when no app is set. */
    public static SettingsException appMissing() {
        return new SettingsException(
                "TWITTER_CLIENT_ID is not set, and without it Roost cannot talk to X. Take the OAuth 2.0 client id of your"
                        + " app from the X developer portal and set it: TWITTER_CLIENT_ID=…. To try Roost without X:"
                        + " roost demo");
    }

    /** Returns the folder where answers of X rest that the store could not take. */
    public Path spool() {
        return data.resolve("spool");
    }

    /** Tells whether only programs of this machine can reach the server. */
    public boolean listensOnLoopback() {
        return Hosts.isLoopback(host);
    }

    /** Tells whether X sends people back to this machine, and so not to a server elsewhere. */
    public boolean callsBackHere() {
        return Hosts.isLoopback(callbackUrl.getHost());
    }

    /** Returns the secret of the app, if it has one. */
    public Optional<Secret> clientSecret() {
        return app.flatMap(XSettings::clientSecret);
    }
}
