package dev.roost.cli.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A settings file: lines of {@code NAME=value}, empty lines, and comments that begin with {@code #}. */
final class SettingsFile {
    private static final Set<Setting> NOT_HERE = Set.of(Setting.ROOST_CONFIG);

    private SettingsFile() {}

    /** Returns what the file sets; adds what is wrong with it to the problems. */
    static Map<Setting, String> read(Path file, List<String> problems) {
        Map<Setting, String> values = new LinkedHashMap<>();
        int number = 0;
        for (String line : lines(file, problems)) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                take(text, file + " line " + number, values, problems);
            }
        }
        return values;
    }

    private static List<String> lines(Path file, List<String> problems) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            problems.add("the settings file " + file + " cannot be read ("
                    + e.getClass().getSimpleName()
                    + "); make it a text file this user may read, or unset ROOST_CONFIG");
            return List.of();
        }
    }

    private static void take(String text, String where, Map<Setting, String> values, List<String> problems) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            problems.add(where + " is no setting; allowed is NAME=value, or a comment that begins with #");
            return;
        }
        String name = text.substring(0, equals).strip();
        SettingNames.find(name)
                .filter(setting -> !NOT_HERE.contains(setting))
                .ifPresentOrElse(
                        setting -> put(setting, text.substring(equals + 1).strip(), where, values, problems),
                        () -> problems.add(where + ": " + SettingNames.unknown(name)));
    }

    private static void put(
            Setting setting, String value, String where, Map<Setting, String> values, List<String> problems) {
        String earlier = values.put(setting, value);
        if (earlier != null && !earlier.equals(value)) {
            problems.add(where + ": " + setting + " is set a second time, to another value; keep one of the two");
        }
    }
}
