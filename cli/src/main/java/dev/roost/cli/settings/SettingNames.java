package dev.roost.cli.settings;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds settings by name, and the one that was probably meant. */
final class SettingNames {
    private SettingNames() {}

    static Optional<Setting> find(String name) {
        return Arrays.stream(Setting.values())
                .filter(setting -> setting.name().equals(name))
                .findFirst();
    }

    /** Says that there is no such setting, with the nearest one there is. */
    static String unknown(String name) {
        Setting nearest = Arrays.stream(Setting.values())
                .min(Comparator.comparingInt(setting -> distance(name, setting.name())))
                .orElseThrow();
        return "there is no setting \"" + name + "\"; did you mean " + nearest + "? All are listed by: roost serve"
                + " --print-config";
    }

    /** Returns the variables that claim to be Roost's and are none of its settings. */
    static Stream<String> strangers(Map<String, String> environment) {
        return environment.keySet().stream()
                .filter(name -> name.startsWith("ROOST_"))
                .filter(name -> find(name).isEmpty())
                .sorted();
    }

    /** The least number of letters to add, drop or change (Levenshtein distance). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
