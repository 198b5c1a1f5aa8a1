package dev.roost.server.guide.tools;

import dev.roost.core.Scopes;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes scopes as the guide and X's documents do: offline.access comes last. */
public final class ScopeText {
    private ScopeText() {}

    /** Joins the names with single spaces. */
    public static String of(Scopes scopes) {
        Stream<String> others = scopes.values().stream().filter(name -> !name.equals(Scopes.OFFLINE_ACCESS));
        Stream<String> last = scopes.has(Scopes.OFFLINE_ACCESS) ? Stream.of(Scopes.OFFLINE_ACCESS) : Stream.of();
        return Stream.concat(others, last).collect(Collectors.joining(" "));
    }
}
