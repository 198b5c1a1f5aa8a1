package dev.roost.simulator;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The scopes of X: those in its table of scopes, and those only its OpenAPI or its ads guide name. */
final class Scopes {

    static final String OFFLINE = "offline.access";

    private static final Set<String> KNOWN =
            Set.of(("tweet.read tweet.write tweet.moderate.write users.email users.read follows.read follows.write "
                            + "offline.access space.read mute.read mute.write like.read like.write list.read list.write "
                            + "block.read block.write bookmark.read bookmark.write dm.read dm.write media.write "
                            + "timeline.read broadcast.read broadcast.write ads.read ads.write")
                    .split(" "));

    private Scopes() {}

    /** The scopes that a space separated list names. */
    static List<String> parse(String text) {
        return normal(
                Arrays.stream(text.split(" ")).filter(scope -> !scope.isBlank()).toList());
    }

    /** Each scope once, in an order of X's own: answers do not keep the order of the request. */
    static List<String> normal(Collection<String> scopes) {
        return scopes.stream().distinct().sorted(Comparator.reverseOrder()).toList();
    }

    static boolean allKnown(List<String> scopes) {
        return KNOWN.containsAll(scopes);
    }
}
