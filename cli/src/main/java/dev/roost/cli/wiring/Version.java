package dev.roost.cli.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Knows which Roost this is. */
public final class Version {
    private Version() {}

    /** Returns the version, as the build wrote it down. */
    public static String text() {
        try (InputStream in = Version.class.getResourceAsStream("/dev/roost/cli/version.txt")) {
            return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
