package dev.roost.server.v1;

import dev.roost.core.AccountId;
import dev.roost.server.http.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page ended, as a text that means nothing to its readers. */
final class Cursor {
    private Cursor() {}

    static String after(AccountId last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(last.value().getBytes(StandardCharsets.US_ASCII));
    }

    /** @throws dev.roost.server.http.ProblemException if it is none of ours */
    static AccountId read(String text) {
        try {
            return new AccountId(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw Parameters.wrong(
                    "cursor", "the nextCursor of the page before, to the letter; none for the first page");
        }
    }
}
