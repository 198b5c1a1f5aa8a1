package dev.roost.x;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which part of a list is asked for.
 *
 * @param size the most posts on the page; each call has its own range
 * @param token where the page begins, from {@link XPage#nextToken}; empty for the first
 * @param withAuthors whether X also sends id, name and username of the authors, in {@link XPage#includes}
 */
public record XPaging(int size, Optional<String> token, boolean withAuthors) {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,256}");

    /** @throws IllegalArgumentException if the token is not 1 to 256 characters of those that X uses */
    public XPaging {
        token.ifPresent(XPaging::check);
    }

    /** The first page. */
    public static XPaging first(int size) {
        return new XPaging(size, Optional.empty(), false);
    }

    /** The page of the same size that begins here. */
    public XPaging after(String nextToken) {
        return new XPaging(size, Optional.of(nextToken), withAuthors);
    }

    /** The same page with its authors, for each of whom X charges. */
    public XPaging authors() {
        return new XPaging(size, token, true);
    }

    private static void check(String token) {
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException("page token \"" + Censor.shown(token)
                    + "\" is not 1 to 256 letters, digits or ._~+/=-; take it from the page before");
        }
    }
}
