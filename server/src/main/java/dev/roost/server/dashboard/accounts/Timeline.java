package dev.roost.server.dashboard.accounts;

import dev.roost.core.AccountId;
import dev.roost.core.access.ApiKey;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.AuditStore.Numbered;
import dev.roost.core.access.AuditTrail;
import dev.roost.core.journal.EventLog;
import dev.roost.core.journal.LoggedEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The story of an account: what happened to its grant and what was done with it, in one order, the newest first. */
record Timeline(EventLog log, AuditTrail audit, ApiKeys keys) {
    private static final int PAGE = 30;

    /**
     * A part of it.
     *
     * @param older where the older part begins; empty when there is none
     */
    record Part(List<Moment> moments, Optional<String> older) {}

    /**
     * Where a part begins: only what is older than both.
     *
     * @param event the smallest sequence that was shown
     * @param deed the smallest number that was shown
     */
    record From(OptionalLong event, OptionalLong deed) {
        static final From NEWEST = new From(OptionalLong.empty(), OptionalLong.empty());
        private static final Pattern FORM = Pattern.compile("e(-?[0-9]{1,18})?d([0-9]{1,18})?");

        /** Reads what {@link #write} wrote; empty for anything else. */
        static Optional<From> read(String text) {
            Matcher matcher = FORM.matcher(text);
            return matcher.matches()
                    ? Optional.of(new From(number(matcher.group(1)), number(matcher.group(2))))
                    : Optional.empty();
        }

        String write() {
            return "e" + text(event) + "d" + text(deed);
        }

        private static String text(OptionalLong number) {
            return number.isPresent() ? Long.toString(number.getAsLong()) : "";
        }

        private static OptionalLong number(@org.jspecify.annotations.Nullable String text) {
            return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        }
    }

    private record Entry(Moment moment, OptionalLong event, OptionalLong deed) {}

    /**
     * Reads a part.
     *
     * @param tellsWho whether it tells which key did something; the audit trail is for administrators
     */
    Part read(AccountId account, From from, boolean tellsWho) {
        Optional<Map<String, String>> names = tellsWho ? Optional.of(names()) : Optional.empty();
        List<LoggedEvent> events = log.newest(account, from.event(), PAGE + 1);
        List<Numbered> deeds = audit.deeds(account, from.deed(), PAGE + 1);
        // Each source is in order already, and stays so: of equal times, the events come first.
        List<Entry> all = new ArrayList<>(Stream.concat(
                        events.stream()
                                .map(event -> new Entry(
                                        Moment.of(event), OptionalLong.of(event.sequence()), OptionalLong.empty())),
                        deeds.stream()
                                .map(deed -> new Entry(
                                        Moment.of(deed.entry(), names),
                                        OptionalLong.empty(),
                                        OptionalLong.of(deed.number()))))
                .toList());
        all.sort(Comparator.comparing((Entry entry) -> entry.moment().at()).reversed());
        List<Entry> page = all.subList(0, Math.min(PAGE, all.size()));
        return new Part(
                page.stream().map(Entry::moment).toList(),
                all.size() > PAGE ? Optional.of(rest(page, from).write()) : Optional.empty());
    }

    private Map<String, String> names() {
        return keys.all().stream().collect(Collectors.toMap(ApiKey::id, ApiKey::name));
    }

    private static From rest(List<Entry> shown, From before) {
        return new From(smallest(shown, Entry::event, before.event()), smallest(shown, Entry::deed, before.deed()));
    }

    private static OptionalLong smallest(
            List<Entry> shown, Function<Entry, OptionalLong> number, OptionalLong otherwise) {
        OptionalLong found =
                shown.stream().map(number).flatMapToLong(OptionalLong::stream).min();
        return found.isPresent() ? found : otherwise;
    }
}
