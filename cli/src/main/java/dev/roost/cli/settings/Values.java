package dev.roost.cli.settings;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The settings as texts with their origins, and what is found wrong with them while they are read. */
final class Values {
    private final Map<Setting, String> texts = new EnumMap<>(Setting.class);
    private final Map<Setting, Origin> origins = new EnumMap<>(Setting.class);
    private final List<String> problems = new ArrayList<>();

    List<String> problems() {
        return problems;
    }

    void set(Setting setting, String text, Origin origin) {
        texts.put(setting, text);
        origins.put(setting, origin);
    }

    /** Returns what was set, without white space around it; a blank value is as good as none. */
    Optional<String> get(Setting setting) {
        return Optional.ofNullable(texts.get(setting)).map(String::strip).filter(text -> !text.isEmpty());
    }

    Origin origin(Setting setting) {
        return origins.getOrDefault(setting, new Origin.Default());
    }

    /** Returns the value read from what was set, or the default when nothing was, or nothing usable. */
    <T> T read(Setting setting, T standard, Function<String, T> parser) {
        return get(setting).flatMap(text -> parsed(setting, text, parser)).orElse(standard);
    }

    /** Notes that the value of a setting is not allowed. */
    void refuse(Setting setting, String why) {
        String shown = get(setting)
                .map(text -> Mask.shown(setting, text))
                .map(text -> " is \"" + text + "\"")
                .orElse(" is not set");
        problems.add(setting + shown + (why.isEmpty() ? "" : " (" + why + ")") + "; allowed: " + setting.allowed());
    }

    private <T> Optional<T> parsed(Setting setting, String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (RuntimeException e) {
            refuse(setting, e instanceof IllegalArgumentException && e.getMessage() != null ? said(setting, e) : "");
            return Optional.empty();
        }
    }

    /** Only messages that Roost itself wrote are repeated: others may hold the value, and with it a secret. */
    private static String said(Setting setting, RuntimeException e) {
        boolean ours = e.getClass().equals(IllegalArgumentException.class);
        boolean plain = setting != Setting.PORT && setting != Setting.ROOST_X_API_URL;
        return ours && plain ? String.valueOf(e.getMessage()) : "";
    }
}
