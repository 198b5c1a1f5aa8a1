package dev.roost.core.overview;

import dev.roost.core.AccountId;
import dev.roost.core.overview.AccountSearch.Wanted;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.TreeSet;

/**
 * Where a page begins or ends, as a text that means nothing to its readers and holds for one search only.
 *
 * @param place the account beside which the page lies
 * @param back whether the page lies before it
 */
record Bookmark(Place place, boolean back) {
    private static final int FIELDS = 6;

    String write(String clientId, Wanted wanted) {
        String content =
                (back ? "b" : "f") + "/" + place.rank() + "/" + place.number() + "/" + place.name() + "/" + place.id();
        String whole = content + "/" + tag(content, clientId, wanted);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole.getBytes(StandardCharsets.US_ASCII));
    }

    /** @throws IllegalArgumentException if it is none of this search */
    static Bookmark read(String text, String clientId, Wanted wanted) {
        try {
            String whole = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            String[] fields = whole.split("/", -1);
            int end = whole.lastIndexOf('/');
            if (fields.length != FIELDS
                    || !tag(whole.substring(0, end), clientId, wanted).equals(fields[FIELDS - 1])) {
                throw foreign();
            }
            Place place = new Place(
                    Integer.parseInt(fields[1]), Long.parseLong(fields[2]), fields[3], new AccountId(fields[4]));
            return new Bookmark(place, fields[0].equals("b"));
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
    }

    private static IllegalArgumentException foreign() {
        return new IllegalArgumentException("this place in the list belongs to no page of this search; it may come from"
                + " another search, filter or order. Begin at the first page");
    }

    /** Ties the text to its search. It keeps nobody out: whoever makes one up sees what the search shows anyway. */
    private static String tag(String content, String clientId, Wanted wanted) {
        String search = clientId + "\n" + wanted.order() + "\n" + Sought.of(wanted.text()) + "\n"
                + new TreeSet<>(wanted.states()) + "\n" + content;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(search.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }
}
