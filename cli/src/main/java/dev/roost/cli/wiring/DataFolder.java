package dev.roost.cli.wiring;

import dev.roost.cli.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder of database, keyset and spool. */
final class DataFolder {
    private DataFolder() {}

    /**
     * Makes the folder, for its owner only, unless it is there.
     *
     * @throws SettingsException if it cannot be made or written
     */
    static void ensure(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                make(folder);
            }
        } catch (IOException e) {
            throw refused(folder, "cannot be made: " + e.getClass().getSimpleName());
        }
        if (!Files.isWritable(folder)) {
            throw refused(folder, "cannot be written");
        }
    }

    private static void make(Path folder) throws IOException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private static SettingsException refused(Path folder, String why) {
        return new SettingsException("ROOST_DATA is \"" + folder + "\" and " + why
                + "; allowed: a folder this user may write. Make it so, or choose another: ROOST_DATA=…");
    }
}
