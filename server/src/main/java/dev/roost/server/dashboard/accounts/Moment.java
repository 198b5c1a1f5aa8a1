package dev.roost.server.dashboard.accounts;

import dev.roost.core.AccountEvent;
import dev.roost.core.EngineEvent.Outcome;
import dev.roost.core.access.AuditEntry;
import dev.roost.core.journal.LoggedEvent;
import dev.roost.core.journal.Story;
import dev.roost.core.journal.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An entry in the story of an account.
 *
 * @param at when
 * @param isDeed whether somebody did something with the account, rather than something happened to its grant
 * @param tone the class of its colour
 * @param headline what happened
 * @param because why Roost concluded that; empty for nothing
 * @param advice what a person must do; empty for nothing
 * @param notes names and values, in order
 */
public record Moment(
        Instant at,
        boolean isDeed,
        String tone,
        String headline,
        Optional<String> because,
        Optional<String> advice,
        List<Note> notes) {
    /** Copies the list. */
    public Moment {
        notes = List.copyOf(notes);
    }

    /**
     * A particular.
     *
     * @param isCode whether the value is for comparing letter by letter
     */
    public record Note(String name, String value, boolean isCode) {}

    static Moment of(LoggedEvent entry) {
        Told told = Story.tell(entry);
        AccountEvent event = entry.event();
        List<Note> notes = new ArrayList<>();
        notes.add(new Note("generation", Long.toString(event.generation()), false));
        entry.asked().ifPresent(asked -> {
            notes.add(new Note("verdict", verdict(asked.verdict()), false));
            notes.add(new Note("took", words(asked.took()), false));
        });
        notes.add(new Note("node", event.node(), true));
        entry.fingerprint()
                .ifPresent(print ->
                        notes.add(new Note("fingerprint", print.substring(0, Math.min(12, print.length())), true)));
        return new Moment(
                event.at(),
                false,
                tone(event.kind()),
                told.headline(),
                Optional.of(told.because()).filter(text -> !text.isBlank()),
                told.advice(),
                notes);
    }

    /** @param names of API keys, by id; empty where the visitor may not know who did it */
    static Moment of(AuditEntry entry, Optional<Map<String, String>> names) {
        boolean isDone = entry.outcome().equals("ok") || entry.outcome().equals("asked");
        List<Note> notes = new ArrayList<>();
        names.ifPresent(known -> notes.add(new Note("by", who(entry.key(), known), false)));
        notes.add(new Note("through", DeedWords.way(entry), false));
        return new Moment(
                entry.last(),
                true,
                isDone ? "idle" : "wait",
                DeedWords.headline(entry),
                DeedWords.why(entry),
                Optional.empty(),
                notes);
    }

    private static String who(String key, Map<String, String> names) {
        return Optional.ofNullable(names.get(key))
                .map(name -> name + " (" + key + ")")
                .orElse(key);
    }

    private static String verdict(Outcome verdict) {
        return switch (verdict) {
            case ROTATED -> "new pair";
            case GRANT_REFUSED -> "refused";
            case APP_REJECTED -> "app rejected";
            case THROTTLED -> "turned away";
            case NOT_SENT -> "not sent";
            case UNKNOWN -> "no answer";
        };
    }

    static String words(Duration took) {
        return took.toMillis() < 10_000 ? took.toMillis() + " ms" : took.toSeconds() + " s";
    }

    private static String tone(AccountEvent.Kind kind) {
        return switch (kind) {
            case CONNECTED, ROTATED -> "good";
            case ANSWER_MISSING, GUARDED_RETRY, REFRESH_FAILED, SPOOLED -> "wait";
            case REFUSED -> "bad";
            case SUPERSEDED, DISCONNECTED -> "idle";
        };
    }
}
