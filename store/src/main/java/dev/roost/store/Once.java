package dev.roost.store;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers what was said already, so that what is read again and again is complained of once. Safe for many threads. */
final class Once {
    private static final int MOST = 10_000;

    private final Set<String> said = ConcurrentHashMap.newKeySet();

    /** Tells whether this is the first time; beyond a great many things, it no longer is for new ones. */
    boolean isFirst(String thing) {
        return said.size() < MOST && said.add(thing);
    }
}
