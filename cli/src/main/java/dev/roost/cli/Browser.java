package dev.roost.cli;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Opens an address for a person. */
@FunctionalInterface
public interface Browser {
    /** Tries to; returns whether it may have worked. */
    boolean open(URI address);

    /** The person's own browser, where there is a desktop. */
    static Browser desktop(Map<String, String> environment) {
        return address ->
                command(environment).map(command -> started(command, address)).orElse(false);
    }

    private static Optional<List<String>> command(Map<String, String> environment) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return Optional.of(List.of("open"));
        }
        if (system.contains("windows")) {
            return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler"));
        }
        boolean desktop = environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
        return desktop ? Optional.of(List.of("xdg-open")) : Optional.empty();
    }

    private static boolean started(List<String> command, URI address) {
        List<String> line = new ArrayList<>(command);
        line.add(address.toString());
        try {
            new ProcessBuilder(line)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
