package dev.roost.mcp.protocol;

import java.util.Arrays;

/** Tells what of a request may be repeated to who sent it: what can be a name, and hardly a secret in the wrong place. */
final class Echo {
    private static final int LONGEST = 256;

    private Echo() {}

    /** Tells whether no part of an address or a name is long, or else it is in plain words. */
    static boolean isPlain(String text) {
        return text.length() <= LONGEST
                && Arrays.stream(text.split("[/:?#&=.]")).allMatch(part -> part.matches(".{0,24}|[a-z-]{1,64}"));
    }
}
