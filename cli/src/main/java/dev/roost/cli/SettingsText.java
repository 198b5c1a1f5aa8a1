package dev.roost.cli;

import dev.roost.cli.settings.Settings;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** Shows the settings as they stand. */
final class SettingsText {
    private SettingsText() {}

    /** One setting, as {@code --json} names its parts. */
    private record View(String name, String value, String origin) {}

    static void print(Settings settings, Output output, PrintStream out) {
        List<View> views = settings.effective().stream()
                .map(one ->
                        new View(one.setting().name(), one.shown(), one.origin().toString()))
                .toList();
        String text = views.stream()
                .map(view -> "%s=%s  (%s)".formatted(view.name(), view.value(), view.origin()))
                .collect(Collectors.joining(System.lineSeparator()));
        output.print(out, views, text);
    }
}
