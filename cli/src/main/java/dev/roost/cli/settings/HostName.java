package dev.roost.cli.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds the name of this machine without asking the network, which may take seconds to answer. */
final class HostName {
    private static final Path FILE = Path.of("/etc/hostname");

    private HostName() {}

    static String of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("HOSTNAME"))
                .or(() -> Optional.ofNullable(environment.get("COMPUTERNAME")))
                .or(HostName::filed)
                .map(name -> name.strip().replaceAll("[^A-Za-z0-9._-]", "-"))
                .filter(name -> !name.isEmpty())
                .map(name -> name.substring(0, Math.min(60, name.length())))
                .orElse("roost");
    }

    private static Optional<String> filed() {
        try {
            return Files.isReadable(FILE) ? Optional.of(Files.readString(FILE)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
