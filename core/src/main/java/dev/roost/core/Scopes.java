package dev.roost.core;

import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** A set of OAuth scopes, in alphabetical order. X grants them in an order of its own. */
public record Scopes(SortedSet<String> values) {
    /** The scope without which X issues no refresh token. */
    public static final String OFFLINE_ACCESS = "offline.access";

    /** What Roost asks for unless told otherwise: read, write, know who it is, and stay signed in. */
    public static final Scopes DEFAULT = of("tweet.read", "tweet.write", "users.read", OFFLINE_ACCESS);

    /** Accounts of an app have the same few: what each would hold of its own is half of what memory keeps of an account. */
    private static final ConcurrentHashMap<String, Scopes> KNOWN = new ConcurrentHashMap<>();

    private static final int MOST_KNOWN = 100;
    private static final int LONGEST_KNOWN = 500;

    /** Copies the set. */
    public Scopes {
        values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
    }

    /** Makes a set of the names given. */
    public static Scopes of(String... names) {
        return new Scopes(new TreeSet<>(Set.of(names)));
    }

    /** Reads names separated by white space or commas; no names is the empty set. */
    public static Scopes parse(String text) {
        Scopes known = KNOWN.get(text);
        if (known != null) {
            return known;
        }
        Scopes read = read(text);
        if (KNOWN.size() < MOST_KNOWN && text.length() <= LONGEST_KNOWN) {
            KNOWN.put(text, read);
        }
        return read;
    }

    private static Scopes read(String text) {
        TreeSet<String> names = new TreeSet<>(Arrays.asList(text.strip().split("[\\s,]+")));
        names.remove("");
        return new Scopes(names);
    }

    /** Tells whether the scope is among them. */
    public boolean has(String name) {
        return values.contains(name);
    }

    /** Returns the names separated by single spaces, as OAuth writes them (RFC 6749 section 3.3). */
    @Override
    public String toString() {
        return String.join(" ", values);
    }
}
