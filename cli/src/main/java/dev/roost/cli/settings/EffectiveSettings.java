package dev.roost.cli.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists every setting as it stands, fit to be shown. */
record EffectiveSettings(Values values) {
    List<Settings.Effective> of(Map<Setting, Object> standards) {
        return Arrays.stream(Setting.values())
                .map(setting -> new Settings.Effective(
                        setting, shown(setting, Optional.ofNullable(standards.get(setting))), values.origin(setting)))
                .toList();
    }

    private String shown(Setting setting, Optional<Object> standard) {
        return values.get(setting)
                .map(text -> Mask.shown(setting, text))
                .or(() -> standard.map(Object::toString))
                .orElse("");
    }
}
