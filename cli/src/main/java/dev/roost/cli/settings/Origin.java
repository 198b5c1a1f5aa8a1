package dev.roost.cli.settings;

import java.nio.file.Path;

/** Where the value of a setting comes from. */
public sealed interface Origin {
    /** Nobody set it. */
    record Default() implements Origin {
        @Override
        public String toString() {
            return "default";
        }
    }

    /** The settings file. */
    record File(Path file) implements Origin {
        @Override
        public String toString() {
            return "file " + file;
        }
    }

    /** An environment variable; it wins over the file. */
    record Environment(boolean overridesFile) implements Origin {
        @Override
        public String toString() {
            return overridesFile ? "environment, overrides the file" : "environment";
        }
    }
}
