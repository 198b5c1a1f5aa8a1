package dev.roost.cli.settings;

import static dev.roost.cli.settings.Setting.*;

import dev.roost.core.Scopes;
import dev.roost.store.Database;
import dev.roost.x.XSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the settings: environment first, then the file, then the defaults. Whatever is wrong is said at once. */
final class SettingsReader {
    private final Values values = new Values();
    private final Map<String, String> environment;

    private SettingsReader(Map<String, String> environment) {
        this.environment = environment;
    }

    static Settings read(Map<String, String> environment) {
        SettingsReader reader = new SettingsReader(environment);
        reader.gather();
        Settings settings = reader.settings();
        if (!reader.values.problems().isEmpty()) {
            throw new SettingsException(reader.values.problems());
        }
        return settings;
    }

    private void gather() {
        SettingNames.strangers(environment)
                .forEach(name -> values.problems().add("environment: " + SettingNames.unknown(name)));
        Optional<Path> file = file();
        Map<Setting, String> filed =
                file.map(path -> SettingsFile.read(path, values.problems())).orElse(Map.of());
        filed.forEach((setting, text) -> values.set(setting, text, new Origin.File(file.orElseThrow())));
        for (Setting setting : Setting.values()) {
            inEnvironment(setting).ifPresent(text -> {
                String other = filed.getOrDefault(setting, text).strip();
                values.set(setting, text, new Origin.Environment(!other.equals(text)));
            });
        }
    }

    private Optional<Path> file() {
        Optional<Path> named = inEnvironment(ROOST_CONFIG).map(Path::of);
        Path usual = inEnvironment(ROOST_DATA)
                .map(Path::of)
                .orElseGet(this::usualData)
                .resolve("roost.properties");
        return named.or(() -> Optional.of(usual).filter(Files::exists));
    }

    private Settings settings() {
        Path data =
                values.read(ROOST_DATA, usualData(), Path::of).toAbsolutePath().normalize();
        Database database =
                values.read(ROOST_DATABASE_URL, Database.Sqlite.at(data.resolve("roost.db")), DatabaseUrl::parse);
        Path keyset = values.read(ROOST_KEYSET_FILE, data.resolve("keyset.json"), Path::of)
                .toAbsolutePath()
                .normalize();
        Path epoch = values.read(ROOST_EPOCH_FILE, data.resolve("epoch"), Path::of)
                .toAbsolutePath()
                .normalize();
        int port = values.read(PORT, 3001, Allowed::port);
        String host = values.read(ROOST_HOST, "127.0.0.1", Allowed::host);
        URI usualCallback = URI.create("http://127.0.0.1:" + port + Settings.CALLBACK_PATH);
        URI callback = values.read(ROOST_CALLBACK_URL, usualCallback, Allowed::callback);
        if (Hosts.isLoopback(callback.getHost()) && Hosts.isLoopback(host) && callback.getPort() != port) {
            values.refuse(ROOST_CALLBACK_URL, "nobody would answer there, for PORT is " + port);
        }
        URI api = values.read(ROOST_X_API_URL, XSettings.API_URL, Allowed::address);
        URI authorize = values.read(ROOST_X_AUTHORIZE_URL, XSettings.AUTHORIZE_URL, Allowed::address);
        Duration offset = values.read(ROOST_CLOCK_OFFSET, Duration.ZERO, Duration::parse);
        if (!offset.isZero() && !Hosts.isLoopback(api.getHost())) {
            values.refuse(ROOST_CLOCK_OFFSET, "and ROOST_X_API_URL is " + api);
        }
        Optional<XSettings> app = new AppSettings(values).read(authorize, api);
        Scopes scopes = values.read(ROOST_SCOPES, Scopes.DEFAULT, Allowed::scopes);
        HttpSettings http = HttpSettings.read(values);
        McpSettings mcp = McpSettings.read(values);
        KeepSettings keep = KeepSettings.read(values);
        Optional<Boolean> jsonLogs = values.read(ROOST_LOG_FORMAT, Optional.empty(), Allowed::jsonLogs);
        Optional<String> level = values.read(LOG_LEVEL, Optional.empty(), Allowed::level);
        Optional<URI> traces = values.read(ROOST_OTLP_ENDPOINT, Optional.empty(), Allowed::collector);
        String node = values.read(ROOST_NODE, HostName.of(environment), Allowed::node);
        Map<Setting, Object> standards = new HashMap<>(keep.shown());
        standards.putAll(Map.ofEntries(
                Map.entry(ROOST_DATA, data),
                Map.entry(ROOST_KEYSET_FILE, keyset),
                Map.entry(ROOST_EPOCH_FILE, epoch),
                Map.entry(PORT, port),
                Map.entry(ROOST_HOST, host),
                Map.entry(ROOST_CALLBACK_URL, callback),
                Map.entry(ROOST_SCOPES, scopes),
                Map.entry(ROOST_X_AUTHORIZE_URL, authorize),
                Map.entry(ROOST_X_API_URL, api),
                Map.entry(ROOST_EXECUTE_STATUS, http.truthfulStatus() ? "truthful" : "legacy"),
                Map.entry(ROOST_REPLAY_WINDOW, http.replayWindow()),
                Map.entry(ROOST_NODE, node),
                Map.entry(ROOST_CLOCK_OFFSET, offset)));
        List<Settings.Effective> effective = new EffectiveSettings(values).of(standards);
        return new Settings(
                app, data, database, keyset, epoch, port, host, callback, scopes, api, http, mcp, keep, jsonLogs, level,
                traces, node, offset, effective);
    }

    private Path usualData() {
        return inEnvironment("XDG_DATA_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> Path.of(
                        inEnvironment("HOME").orElseGet(() -> System.getProperty("user.home", ".")), ".local", "share"))
                .resolve("roost");
    }

    private Optional<String> inEnvironment(Setting setting) {
        return inEnvironment(setting.name());
    }

    private Optional<String> inEnvironment(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
