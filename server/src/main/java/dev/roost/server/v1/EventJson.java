package dev.roost.server.v1;

import dev.roost.core.AccountEvent;
import dev.roost.core.Asked;
import dev.roost.core.LossCause;
import dev.roost.core.journal.LoggedEvent;
import dev.roost.core.journal.Story;
import dev.roost.core.journal.Told;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * An entry of an account's log as every door shows it. What there is none of is null.
 *
 * @param sequence its place, see {@link LoggedEvent#sequence}
 * @param verdict what Roost concluded from X's answer, or from its absence
 * @param tookMs how long that took, in milliseconds
 * @param xStatus the HTTP status of X's answer
 * @param xError the error code in it
 * @param fingerprint stands for the refresh token that was sent or spent
 * @param cause why the grant is gone
 */
public record EventJson(
        long sequence,
        Instant at,
        String kind,
        long generation,
        String node,
        String detail,
        Optional<String> verdict,
        Optional<Long> tookMs,
        Optional<Integer> xStatus,
        Optional<String> xError,
        Optional<String> fingerprint,
        Optional<String> cause,
        String headline,
        String because,
        Optional<String> advice) {

    /** Shows this entry. */
    public static EventJson of(LoggedEvent entry) {
        AccountEvent event = entry.event();
        Optional<Asked> asked = entry.asked();
        Told told = Story.tell(entry);
        return new EventJson(
                entry.sequence(),
                event.at(),
                word(event.kind()),
                event.generation(),
                event.node(),
                event.detail(),
                asked.map(Asked::verdict).map(EventJson::word),
                asked.map(how -> how.took().toMillis()),
                asked.flatMap(how -> how.status().stream().boxed().findFirst()),
                asked.map(Asked::error).filter(error -> !error.isEmpty()),
                entry.fingerprint(),
                entry.cause().map(EventJson::word),
                told.headline(),
                told.because(),
                told.advice());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String word(LossCause cause) {
        return switch (cause) {
            case LossCause.AnswerLost a -> "answer_lost";
            case LossCause.RefusedByX r -> "refused_by_x";
        };
    }
}
