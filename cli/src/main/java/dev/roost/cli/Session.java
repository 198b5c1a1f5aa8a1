package dev.roost.cli;

import dev.roost.cli.settings.Settings;
import dev.roost.cli.wiring.LogFormat;
import dev.roost.cli.wiring.Logging;
import dev.roost.cli.wiring.Roost;
import dev.roost.cli.wiring.Vault;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Function;

/** What the commands share: the outside, and a Roost that is closed whatever ends the command. */
record Session(Surroundings surroundings, Closings closings) {
    Session(Surroundings surroundings) {
        this(surroundings, new Closings());
    }

    PrintStream out() {
        return surroundings.out();
    }

    PrintStream err() {
        return surroundings.err();
    }

    Map<String, String> environment() {
        return surroundings.environment();
    }

    /** Reads the settings, and logs warnings from now on unless they say otherwise. */
    Settings settings() {
        return settings("WARN");
    }

    /** Reads the settings, and logs at this level from now on, as text, unless they say otherwise. */
    Settings settings(String level) {
        return settings(level, LogFormat.TEXT);
    }

    /** Reads the settings, and logs at this level and in this format from now on unless they say otherwise. */
    Settings settings(String level, LogFormat usual) {
        Settings settings = Settings.read(environment());
        LogFormat format = settings.jsonLogs()
                .map(json -> json ? LogFormat.JSON : LogFormat.TEXT)
                .orElse(usual);
        Logging.to(err(), settings.logLevel().orElse(level), format);
        return settings;
    }

    /** Works with a Roost wired from the settings. */
    <T> T withRoost(Function<Roost, T> work) {
        return with(Roost.open(settings()), work);
    }

    /** Works with what is kept on disk. */
    <T> T withVault(Function<Vault, T> work) {
        return with(Vault.open(settings()), work);
    }

    /** Works with something that is closed afterwards, also when the process is told to end meanwhile. */
    <C extends AutoCloseable, T> T with(C resource, Function<C, T> work) {
        closings.add(resource);
        try {
            return work.apply(resource);
        } finally {
            closings.closeLast();
        }
    }
}
