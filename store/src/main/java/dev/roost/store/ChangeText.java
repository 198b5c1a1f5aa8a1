package dev.roost.store;

import dev.roost.core.AccountId;
import dev.roost.core.ChangeFeed.Change;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Changes as texts of PostgreSQL's {@code NOTIFY}: a letter, and ids after it. */
final class ChangeText {
    /** Where all processes listen. */
    static final String CHANNEL = "roost_changes";
    /** How many rotations one text has at most: PostgreSQL takes 8,000 bytes. */
    static final int MOST = 200;

    private ChangeText() {}

    static String of(Change change) {
        return switch (change) {
            case Change.Rotated rotated -> "r" + part(rotated);
            case Change.AccountChanged changed -> "a " + changed.account();
            case Change.KeyChanged changed -> "k " + changed.id();
            case Change.AppRejected rejected -> "x " + rejected.clientId();
            case Change.AppWorks works -> "w " + works.clientId();
        };
    }

    /** Returns one text for all of them, {@link #MOST} at most. */
    static String of(List<Change.Rotated> rotated) {
        StringBuilder text = new StringBuilder("r");
        rotated.forEach(one -> text.append(part(one)));
        return text.toString();
    }

    private static String part(Change.Rotated rotated) {
        return " " + rotated.account() + ":" + rotated.generation();
    }

    /** Returns what a text says; nothing when it is none of ours. */
    static List<Change> parse(String text) {
        if (text.length() < 3 || text.charAt(1) != ' ') {
            return List.of();
        }
        String rest = text.substring(2);
        return switch (text.charAt(0)) {
            case 'r' ->
                Arrays.stream(rest.split(" ", -1))
                        .flatMap(ChangeText::rotated)
                        .map(Change.class::cast)
                        .toList();
            case 'a' ->
                account(rest)
                        .map(id -> List.<Change>of(new Change.AccountChanged(id)))
                        .orElse(List.of());
            case 'k' -> List.of(new Change.KeyChanged(rest));
            case 'x' -> List.of(new Change.AppRejected(rest));
            case 'w' -> List.of(new Change.AppWorks(rest));
            default -> List.of();
        };
    }

    private static Stream<Change.Rotated> rotated(String part) {
        int colon = part.indexOf(':');
        if (colon < 0 || !part.substring(colon + 1).matches("[0-9]{1,18}")) {
            return Stream.empty();
        }
        long generation = Long.parseLong(part.substring(colon + 1));
        return account(part.substring(0, colon)).map(id -> new Change.Rotated(id, generation)).stream();
    }

    private static Optional<AccountId> account(String text) {
        return AccountId.isForm(text) ? Optional.of(new AccountId(text)) : Optional.empty();
    }
}
