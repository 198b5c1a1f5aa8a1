package dev.roost.cli.settings;

import java.util.List;

/** Settings that Roost does not start with. Each problem names the setting, its value and what is allowed. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says everything that is wrong at once, a line each. */
    public SettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }

    /** Says one thing that is wrong. */
    public SettingsException(String problem) {
        this(List.of(problem));
    }
}
