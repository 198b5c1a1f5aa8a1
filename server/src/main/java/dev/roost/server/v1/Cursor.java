package dev.roost.server.v1;

import dev.roost.core.AccountId;
import dev.roost.server.http.Parameters;
import dev.roost.server.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page ended, as a text that means nothing to its readers. */
final class Cursor {
    private static final String PLACE = "place:";

    private Cursor() {}

    static String after(AccountId last) {
        return write(last.value());
    }

    /** Leads to the entries of a log that stand before this place. */
    static String before(long place) {
        return write(PLACE + place);
    }

    /** @throws ProblemException if it is none of ours */
    static AccountId read(String text) {
        try {
            return new AccountId(open(text));
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
    }

    /** @throws ProblemException if it is none of ours */
    static long readPlace(String text) {
        try {
            String place = open(text);
            if (!place.startsWith(PLACE)) {
                throw wrong();
            }
            return Long.parseLong(place.substring(PLACE.length()));
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
    }

    private static String write(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.US_ASCII));
    }

    private static String open(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
    }

    private static ProblemException wrong() {
        return Parameters.wrong("cursor", "the nextCursor of the page before, to the letter; none for the first page");
    }
}
